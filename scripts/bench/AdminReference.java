import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The reference that `npm run bench` compares with: what Kafka's own Java AdminClient needs, in a warm JVM, for the questions that Tailrace's pages ask.
 * No HTTP, no JSON: the bare reading. Prints one line a measurement: name, tab, median milliseconds of the last runs.
 *
 * Arguments: bootstrap servers, runs, "topics" or "groups", the topic or the group whose detail is asked.
 */
class AdminReference {
  interface Question {
    void ask() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", args[0]);
    int runs = Integer.parseInt(args[1]);
    try (Admin admin = Admin.create(properties)) {
      if (args[2].equals("groups")) groups(admin, runs, args[3]);
      else topics(admin, runs, args[3]);
    }
  }

  private static void topics(Admin admin, int runs, String topic) throws Exception {
    print("topics", runs, () -> offsets(admin, admin.listTopics().names().get()));
    print("topics with sizes and configs", runs, () -> {
      Collection<TopicDescription> topics = offsets(admin, admin.listTopics().names().get());
      List<Integer> brokers = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
      var sizes = admin.describeLogDirs(brokers).allDescriptions();
      var configs = admin.describeConfigs(
          topics.stream().map(t -> new ConfigResource(ConfigResource.Type.TOPIC, t.name())).toList()).all();
      sizes.get();
      configs.get();
    });
    print("one topic", runs, () -> {
      offsets(admin, List.of(topic));
      admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic))).all().get();
    });
  }

  private static void groups(Admin admin, int runs, String group) throws Exception {
    print("groups", runs, () -> readGroups(admin, admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream().map(GroupListing::groupId).toList()));
    print("one group", runs, () -> readGroups(admin, List.of(group)));
  }

  /** As kafka-consumer-groups does, but at once for all: described, committed offsets, ends. */
  private static void readGroups(Admin admin, Collection<String> groups) throws Exception {
    var described = admin.describeConsumerGroups(groups).all();
    Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
    groups.forEach(group -> specs.put(group, new ListConsumerGroupOffsetsSpec()));
    Set<TopicPartition> partitions = new HashSet<>();
    admin.listConsumerGroupOffsets(specs).all().get().values().forEach(offsets -> partitions.addAll(offsets.keySet()));
    described.get().values().forEach(group -> group.members().forEach(member -> partitions.addAll(member.assignment().topicPartitions())));
    var earliest = admin.listOffsets(all(partitions, OffsetSpec.earliest())).all();
    var latest = admin.listOffsets(all(partitions, OffsetSpec.latest())).all();
    earliest.get();
    latest.get();
  }

  private static Collection<TopicDescription> offsets(Admin admin, Collection<String> names) throws Exception {
    Collection<TopicDescription> topics = admin.describeTopics(names).allTopicNames().get().values();
    List<TopicPartition> partitions = new ArrayList<>();
    for (TopicDescription topic : topics) {
      topic.partitions().forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    }
    var earliest = admin.listOffsets(all(partitions, OffsetSpec.earliest())).all();
    var latest = admin.listOffsets(all(partitions, OffsetSpec.latest())).all();
    earliest.get();
    latest.get();
    return topics;
  }

  private static Map<TopicPartition, OffsetSpec> all(Collection<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> request = new HashMap<>();
    partitions.forEach(p -> request.put(p, spec));
    return request;
  }

  private static void print(String name, int runs, Question question) throws Exception {
    int warmUp = 10;
    double[] millis = new double[runs];
    for (int i = -warmUp; i < runs; i++) {
      long start = System.nanoTime();
      question.ask();
      if (i >= 0) millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    System.out.println(name + "\t" + millis[runs / 2]);
  }
}
