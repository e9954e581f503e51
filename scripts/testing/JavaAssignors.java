import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.internals.AbstractPartitionAssignor;
import org.apache.kafka.common.TopicPartition;

/**
 * Assigns by Kafka's own assignors. Argument: a file with a case a line,
 * `assignor|topic=partitions,…|member:instance or nothing:topic+topic:held partition+held partition;…`.
 * Prints a line for each, `member=topic-0 topic-1;…`, members in order. The cooperative one is asked until nothing moves.
 */
class JavaAssignors {
  private static final int ROUNDS = 5;

  public static void main(String[] args) throws Exception {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] parts = line.split("\\|", -1);
      Map<String, Integer> counts = new HashMap<>();
      for (String topic : parts[1].split(",")) {
        counts.put(topic.substring(0, topic.indexOf('=')), Integer.parseInt(topic.substring(topic.indexOf('=') + 1)));
      }
      Map<String, List<TopicPartition>> held = new TreeMap<>();
      AbstractPartitionAssignor assignor = assignorOf(parts[0]);
      for (int round = 0; round < (assignor instanceof CooperativeStickyAssignor ? ROUNDS : 1); round++) {
        Map<String, Subscription> subscriptions = new HashMap<>();
        for (String member : parts[2].split(";")) {
          String[] fields = member.split(":", -1);
          List<TopicPartition> owned = held.getOrDefault(fields[0], partitions(fields[3]));
          Subscription subscription =
              new Subscription(List.of(fields[2].split("\\+")), null, owned, 1, Optional.empty());
          subscription.setGroupInstanceId(fields[1].isEmpty() ? Optional.empty() : Optional.of(fields[1]));
          subscriptions.put(fields[0], subscription);
        }
        held = new TreeMap<>(assignor.assign(counts, subscriptions));
        assignor = assignorOf(parts[0]);
      }
      System.out.println(
          held.entrySet().stream()
              .map(
                  entry ->
                      entry.getKey()
                          + "="
                          + entry.getValue().stream().map(TopicPartition::toString).collect(Collectors.joining(" ")))
              .collect(Collectors.joining(";")));
    }
  }

  private static AbstractPartitionAssignor assignorOf(String name) {
    return switch (name) {
      case "range" -> new RangeAssignor();
      case "roundrobin" -> new RoundRobinAssignor();
      default -> new CooperativeStickyAssignor();
    };
  }

  private static List<TopicPartition> partitions(String text) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String place : text.isEmpty() ? new String[0] : text.split("\\+")) {
      int hyphen = place.lastIndexOf('-');
      partitions.add(new TopicPartition(place.substring(0, hyphen), Integer.parseInt(place.substring(hyphen + 1))));
    }
    return partitions;
  }
}
