import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The reference that `npm run bench -- tail` compares with where kcat is not installed: Kafka's own consumer, in no group,
 * from the end of all partitions of a topic. Prints the timestamp of each message, a line each, and flushes after each poll.
 *
 * Arguments: bootstrap servers, topic. Runs until it is killed.
 */
class TailReference {
  public static void main(String[] args) throws Exception {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", args[0]);
    properties.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    properties.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
      var partitions = consumer.partitionsFor(args[1]).stream()
          .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          out.print(record.timestamp());
          out.print('\n');
        }
        out.flush();
      }
    }
  }
}
