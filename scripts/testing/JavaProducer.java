import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes what a decoder's test reads, by Kafka's own producer. Into partition n, with the n-th codec of the arguments: records
 * whose key, value and headers follow from their number, as the test computes them again. Then, into the partition behind the
 * last codec's, three transactions: committed, aborted, committed.
 *
 * Arguments: bootstrap servers, topic, how many records, codecs.
 */
class JavaProducer {
  public static void main(String[] args) throws Exception {
    String topic = args[1];
    int records = Integer.parseInt(args[2]);
    for (int codec = 3; codec < args.length; codec++) {
      Properties properties = properties(args[0]);
      properties.put("compression.type", args[codec]);
      try (var producer = new KafkaProducer<byte[], byte[]>(properties)) {
        for (int i = 0; i < records; i++) producer.send(record(topic, codec - 3, i));
      }
    }
    Properties properties = properties(args[0]);
    properties.put("transactional.id", topic);
    try (var producer = new KafkaProducer<byte[], byte[]>(properties)) {
      producer.initTransactions();
      for (int transaction = 0; transaction < 3; transaction++) {
        producer.beginTransaction();
        for (int i = 0; i < 5; i++) {
          byte[] value = ((transaction == 1 ? "aborted " : "committed ") + i).getBytes(StandardCharsets.UTF_8);
          producer.send(new ProducerRecord<>(topic, args.length - 3, null, value));
        }
        producer.flush();
        if (transaction == 1) producer.abortTransaction();
        else producer.commitTransaction();
      }
    }
  }

  private static Properties properties(String bootstrap) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("key.serializer", ByteArraySerializer.class.getName());
    properties.put("value.serializer", ByteArraySerializer.class.getName());
    properties.put("linger.ms", "50");
    return properties;
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, int partition, int i) {
    byte[] key = i % 5 == 0 ? null : ByteBuffer.allocate(4).putInt(i).array();
    byte[] value = i % 7 == 0 ? null : ("{\"number\":" + i + ",\"text\":\"" + "größer ".repeat(i % 60) + "\"}").getBytes(StandardCharsets.UTF_8);
    var record = new ProducerRecord<byte[], byte[]>(topic, partition, 1_700_000_000_000L + i * 1000L, key, value);
    for (int header = 0; header < i % 3; header++) {
      record.headers().add("same", header == 1 ? null : new byte[] {(byte) i});
    }
    return record;
  }
}
