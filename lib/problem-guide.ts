import type { ProblemCode } from "./problem.ts";

/** What a page tells about one problem code. Plain text; `code` between backticks. */
export interface ProblemGuide {
  /** A few words, as a heading. */
  readonly title: string;
  readonly meaning: string;
  readonly causes: readonly string[];
  readonly remedies: readonly string[];
}

/** Where in the way of a request it arises; the order of the groups on the page. */
export const problemGroups = [
  {
    title: "Kafka can't be reached",
    codes: ["cluster-unreachable", "broker-unreachable", "deadline-exceeded", "kafka-login-failed"],
  },
  {
    title: "Kafka answers no",
    codes: [
      "kafka-forbidden",
      "kafka-refused",
      "topic-refused",
      "topic-exists",
      "message-refused",
      "offset-out-of-range",
      "group-refused",
      "group-not-empty",
      "group-type-unsupported",
      "not-supported-by-broker",
      "quorum-at-risk",
      "not-local-cluster",
    ],
  },
  {
    title: "What was asked for isn't there",
    codes: [
      "cluster-not-found",
      "broker-not-found",
      "topic-not-found",
      "partition-not-found",
      "message-not-found",
      "group-not-found",
      "change-not-found",
      "segment-not-found",
      "segments-unreadable",
      "not-found",
    ],
  },
  {
    title: "A change that can't be made as it is",
    codes: ["plan-outdated", "change-not-undoable", "change-log-missing", "change-log-unwritable"],
  },
  {
    title: "Tailrace refuses the request",
    codes: [
      "invalid-request",
      "permission-denied",
      "cluster-read-only",
      "host-not-allowed",
      "cross-site-request",
      "origin-mismatch",
      "method-not-allowed",
      "body-too-large",
      "unsupported-media-type",
      "cursor-too-large",
    ],
  },
  {
    title: "Tailrace itself",
    codes: ["too-many-tails", "too-many-verifications", "shutting-down", "cancelled", "internal"],
  },
] as const satisfies readonly { title: string; codes: readonly ProblemCode[] }[];

/** A code left out of every group would be on no page: this type is then an error. */
type Grouped = (typeof problemGroups)[number]["codes"][number];
type Ungrouped = Exclude<ProblemCode, Grouped>;
export const everyCodeIsGrouped: [Ungrouped] extends [never] ? true : Ungrouped = true;

export const problemGuide: Readonly<Record<ProblemCode, ProblemGuide>> = {
  "cluster-unreachable": {
    title: "No broker of the cluster answers",
    meaning: "Tailrace tried every bootstrap server of the cluster and got no usable answer from any.",
    causes: [
      "The brokers are down, or still starting.",
      "A wrong host or port in `KAFKA_BROKERS` or `bootstrap.servers`.",
      "A firewall, a VPN that is off, or a container that isn't on the brokers' network.",
      "The listener speaks TLS or SASL and the settings don't say so, or the other way round.",
    ],
    remedies: [
      "Open the connection page of the cluster: it walks from DNS to each advertised listener and names the link that fails.",
      "Compare `security.protocol` with the broker's `listeners`.",
    ],
  },
  "broker-unreachable": {
    title: "One broker doesn't answer",
    meaning: "The cluster answers, but the broker that this question had to go to doesn't. The others are still shown.",
    causes: [
      "The broker is down or restarting.",
      "It advertises a host name or port that the machine Tailrace runs on can't reach (`advertised.listeners`).",
    ],
    remedies: [
      "See on the brokers page whether it is down or fenced.",
      "Open the connection page: each advertised listener is tried there.",
    ],
  },
  "deadline-exceeded": {
    title: "Kafka took too long",
    meaning:
      "A broker accepted the connection but didn't answer within the time Tailrace gives a request. Whatever was asked may still happen there.",
    causes: [
      "A broker under load, in a long pause, or with a slow disk.",
      "A network that drops packets without refusing them.",
      "A controller election.",
    ],
    remedies: [
      "Try again. After a change, look first whether it has happened.",
      "Look at the broker's request latency and its logs.",
    ],
  },
  "kafka-login-failed": {
    title: "Kafka refused the login",
    meaning: "The connection and TLS work, but the broker rejected the user, the password or the SASL mechanism.",
    causes: [
      "A wrong user name or password.",
      "A mechanism the listener doesn't offer (`sasl.enabled.mechanisms`), such as PLAIN where SCRAM-SHA-512 is wanted.",
      "A SCRAM user that doesn't exist in this cluster, or exists for the other SCRAM mechanism only.",
    ],
    remedies: [
      "Check `sasl.mechanism` and the user in the settings; Tailrace never shows or logs the password.",
      "List what the cluster knows: `kafka-configs.sh --describe --entity-type users`.",
    ],
  },
  "kafka-forbidden": {
    title: "Kafka's ACLs don't allow it",
    meaning: "The user Tailrace logs in with lacks a permission. The message names the operation and the resource.",
    causes: ["No ACL, or a Deny ACL, for this user on this topic, group or the cluster."],
    remedies: [
      "Grant it with `kafka-acls.sh --add --allow-principal User:<name> --operation <operation> …`.",
      "For looking only, Describe and DescribeConfigs on Cluster and on Topic `*` are enough.",
    ],
  },
  "kafka-refused": {
    title: "Kafka refused the request",
    meaning:
      "A broker understood the request and answered with an error that Tailrace has no better word for. The broker's own words are in the message.",
    causes: ["A policy of the cluster, a state that changed meanwhile, or an internal error of the broker."],
    remedies: ["Read the broker's reason.", "Look in the broker's log at the time of the request."],
  },
  "offset-out-of-range": {
    title: "The offset isn't in the partition",
    meaning:
      "An offset to be committed lies before the log start offset or beyond the high watermark. Kafka itself would take it, and the group's consumers would then fall back on `auto.offset.reset`.",
    causes: [
      "Retention deleted messages between the plan and its application.",
      "Records were deleted, or the topic was deleted and made again.",
      "A number with a digit too many.",
    ],
    remedies: ["Plan again: the new plan starts from what the partition holds now."],
  },
  "group-refused": {
    title: "Kafka refused the change of a group",
    meaning: "The group's coordinator was asked to change it and said no. Its error is in the message.",
    causes: [
      "The group is loading or moving to another coordinator.",
      "A topic whose offsets were to be deleted is still subscribed by a member.",
    ],
    remedies: ["Read the coordinator's error, and try again in a moment.", "Stop the group's members first."],
  },
  "group-not-empty": {
    title: "The group has members",
    meaning:
      "Offsets of a group can be moved, and a group be deleted, only while no consumer is in it: its members would overwrite what is committed.",
    causes: ["Its consumers run.", "One was killed, and its session hasn't timed out yet."],
    remedies: [
      "Stop the consumers, and wait: those that close cleanly leave at once, others when their session times out (`session.timeout.ms`, or the group config `consumer.session.timeout.ms`).",
      "The group's page names each member, its client id and its host.",
    ],
  },
  "group-type-unsupported": {
    title: "Not for groups of this type",
    meaning:
      "Share groups and streams groups keep their positions elsewhere: what is offered for consumer groups isn't for them.",
    causes: ["The group is a share group (KIP-932) or a streams group (KIP-1071)."],
    remedies: ["Use `kafka-share-groups.sh` or `kafka-streams-groups.sh`; the message holds the command."],
  },
  "plan-outdated": {
    title: "The world has moved since the plan was made",
    meaning:
      "A plan is applied exactly as it was reviewed. At least one partition no longer holds the committed offset that the plan started from, so nothing was changed.",
    causes: ["A consumer ran and committed meanwhile.", "Somebody else reset the group."],
    remedies: ["Plan again, and review what is different."],
  },
  "change-not-undoable": {
    title: "This change can't be undone",
    meaning: "Only changes of committed offsets can be taken back, and only when what was there before is on record.",
    causes: [
      "It is another kind of change, such as the creation of a topic.",
      "Nothing was changed: it failed before.",
      "Parts of the record are missing.",
    ],
    remedies: ["Look at the change on the page Changes: it tells what was there before."],
  },
  "change-log-missing": {
    title: "There is no change log yet",
    meaning:
      "Tailrace records changes in a topic of the cluster they are made in. That topic doesn't exist, and Tailrace doesn't create it unasked; the settings say that nothing may be changed without a record.",
    causes: ["Nobody has agreed to its creation yet.", "The topic was deleted."],
    remedies: [
      "Create it on the page Changes.",
      "Or let changes go on without a record: `audit: best-effort` (or `TAILRACE_AUDIT=best-effort`) in the settings.",
    ],
  },
  "change-log-unwritable": {
    title: "The change can't be recorded",
    meaning:
      "The topic of the change log didn't take the record, and the settings say that nothing may be changed without one. Nothing was changed.",
    causes: [
      "Too few of its replicas are in sync.",
      "The user Tailrace logs in with may not write to it.",
      "Its leader doesn't answer.",
    ],
    remedies: [
      "Look at the health of the change log's topic.",
      "Grant Write and Read on it with `kafka-acls.sh`.",
      "In an emergency: `audit: best-effort` lets changes go on; they are then recorded in the server's own log only.",
    ],
  },
  "group-not-found": {
    title: "No such group",
    meaning: "No coordinator knows a group by this id.",
    causes: [
      "It never committed and has no members any more.",
      "Its offsets expired (`offsets.retention.minutes` after its last member left), or it was deleted.",
      "A mistyped id; upper and lower case are different.",
      "The user Tailrace logs in with may not see it (Describe on the group).",
    ],
    remedies: ["Look for it in the list of groups."],
  },
  "change-not-found": {
    title: "No such change",
    meaning: "The change log of this cluster holds no change by this id.",
    causes: [
      "A link from another cluster.",
      "Its record was deleted from the change log's topic, or is older than what is kept in sight.",
    ],
    remedies: ["Look for it on the page Changes."],
  },
  "segment-not-found": {
    title: "No such segment",
    meaning:
      "The partition's directory holds no segment with this base offset now, or nothing begins at this byte of it.",
    causes: [
      "Retention or compaction took it away since it was listed.",
      "A link from another replica: compaction runs on each by itself, so their segments differ.",
    ],
    remedies: ["Look at the list of the partition's segments: it shows those that are there now."],
  },
  "segments-unreadable": {
    title: "The files of this partition can't be read from here",
    meaning:
      "Kafka's protocol doesn't carry segments: they are read from the brokers' disks. Tailrace reads a log dir that is on its own machine, or mounted there, and only when its `meta.properties` names this cluster and that broker.",
    causes: [
      "The brokers run on other machines, and none of their log dirs is mounted where Tailrace runs.",
      "The user that Tailrace runs as may not read the directory.",
      "Another cluster's or broker's directory is mounted at that path.",
      "An operator switched it off for this cluster with `logDirs: off`: files know no ACL of a topic, so that whoever may view Tailrace would see them.",
    ],
    remedies: [
      "Mount the broker's log dir read-only on Tailrace's machine and name it in the settings: `logDirs: [1=/mnt/broker-1]`, or `TAILRACE_LOG_DIRS=1=/mnt/broker-1`.",
      "Where it is switched off, whoever runs Tailrace can allow it: take `logDirs: off` (`TAILRACE_LOG_DIRS=off`) out of the settings, and start it again.",
      "Let Tailrace's user read it, by a group or an ACL: nothing is ever written there.",
      "Sizes by replica are shown without access; `kafka-dump-log.sh` on the broker's machine reads the rest.",
    ],
  },
  "message-refused": {
    title: "Kafka did not take the message",
    meaning: "The broker was asked to store one message and said no, or not all of its replicas confirmed it.",
    causes: [
      "The message is larger than `max.message.bytes` of the topic allows.",
      "Fewer replicas are in sync than `min.insync.replicas` asks for.",
      "The topic is compacted, and the message has no key.",
    ],
    remedies: [
      "Read the broker's reason in the message.",
      "Look at the topic's configs and at the health of its partitions.",
    ],
  },
  "topic-refused": {
    title: "The controller would not create this topic",
    meaning: "Kafka checked the topic and said no. Nothing was created.",
    causes: [
      "More replicas than registered brokers.",
      "A config the broker doesn't know, or a value it doesn't allow.",
      "A broker in the assignment that doesn't exist.",
      "A rule of this cluster (`create.topic.policy.class.name`).",
    ],
    remedies: ["The broker's reason stands at the field it is about: change it and check again."],
  },
  "topic-exists": {
    title: "The name is taken",
    meaning:
      "A topic of this name exists, or one that differs only in “.” and “_”: Kafka writes both the same way in its metrics, so it allows only one of them.",
    causes: ["The topic was made before, perhaps by somebody else a moment ago.", "The same name in another spelling."],
    remedies: [
      "Choose another name; hyphens never collide.",
      "Open the existing topic and see whether it is the one you need.",
    ],
  },
  "not-supported-by-broker": {
    title: "These brokers can't do that",
    meaning: "The feature needs a newer Kafka than the broker runs; the message says which.",
    causes: ["A broker older than the feature.", "An upgraded cluster whose `metadata.version` wasn't raised yet."],
    remedies: [
      "Upgrade the brokers, or finish the upgrade with `kafka-features.sh upgrade --release-version …`.",
      "Everything else on the page works without it.",
    ],
  },
  "quorum-at-risk": {
    title: "Stopping this broker would cost the quorum its majority",
    meaning:
      "The sample cluster's brokers are its controllers too. With this one gone, fewer than half would be left, and the cluster could no longer elect a controller.",
    causes: ["Another broker is already stopped, or is still starting."],
    remedies: ["Start the stopped broker and wait until it is in sync again, then stop this one."],
  },
  "not-local-cluster": {
    title: "Only the local sample cluster can be stopped and started from here",
    meaning: "Tailrace controls broker processes only where it started them itself.",
    causes: ["The cluster is one of your own, named by `KAFKA_BROKERS` or `TAILRACE_CONFIG`."],
    remedies: ["Stop and start its brokers with the tools they are run with."],
  },
  "cluster-not-found": {
    title: "No cluster of this name is configured",
    meaning: "The name in the address isn't among the clusters of this Tailrace.",
    causes: ["A link from another Tailrace.", "A cluster renamed or removed in the settings file."],
    remedies: [
      "Choose a cluster from the list in the header.",
      "Clusters are read at start: restart Tailrace after a change.",
    ],
  },
  "broker-not-found": {
    title: "The cluster has no broker of this id",
    meaning: "No broker of this id is registered, and no partition has a replica on it.",
    causes: ["The broker was removed for good, or never existed."],
    remedies: ["See the brokers page for those there are."],
  },
  "topic-not-found": {
    title: "The topic doesn't exist",
    meaning: "Kafka knows no topic of this name, or hides it because the user may not describe it.",
    causes: [
      "It was deleted, or its name is spelt otherwise (names are case-sensitive).",
      "A missing Describe ACL on the topic.",
    ],
    remedies: ["Search the list of topics.", "Grant Describe on the topic to Tailrace's user."],
  },
  "partition-not-found": {
    title: "The topic has no such partition",
    meaning: "The topic exists, but this partition doesn't. Partitions are counted from 0.",
    causes: ["A link from another cluster, or to a topic that was deleted and made again with fewer partitions."],
    remedies: ["Open the topic's page: it lists its partitions."],
  },
  "message-not-found": {
    title: "No message has this offset",
    meaning:
      "The partition exists, but holds no message at the offset. The detail says which of the causes it is, where that can be known.",
    causes: [
      "Retention deleted it: the offset lies before the log start offset.",
      "Compaction removed it: a newer message has the same key.",
      "The offset belongs to a control record, which ends a transaction and holds no message.",
      "Nothing has been written there yet.",
    ],
    remedies: [
      "Open the next message of the partition.",
      "See the log start offset and the high watermark on the topic's page.",
    ],
  },
  "not-found": {
    title: "There is nothing at this address",
    meaning: "No page or endpoint of Tailrace has this address.",
    causes: ["A mistyped or outdated link."],
    remedies: ["Endpoints are listed in `/api/openapi.json`."],
  },
  "invalid-request": {
    title: "The request is not valid",
    meaning:
      "A value in the path, the query or the body isn't what the endpoint takes. Each wrong input is named with its reason.",
    causes: ["A hand-written request, or a link whose parameters were edited."],
    remedies: ["Correct the named inputs; `/api/openapi.json` describes every endpoint."],
  },
  "permission-denied": {
    title: "You may not do this here",
    meaning: "Tailrace knows who you are, and this actor lacks the permission the act needs.",
    causes: ["The act needs a higher permission (view, read messages, produce, operate, administer)."],
    remedies: ["Ask whoever runs this Tailrace."],
  },
  "cluster-read-only": {
    title: "This cluster is read-only",
    meaning: "The settings say that Tailrace may look at this cluster but change nothing in it.",
    causes: ["`readOnly` is set for the cluster."],
    remedies: [
      "Use the command line shown beside the form, with credentials that may.",
      "Or unset `readOnly` in the settings file and restart Tailrace.",
    ],
  },
  "host-not-allowed": {
    title: "This host name is not allowed",
    meaning:
      "The request's Host header names a host that Tailrace doesn't serve under. That keeps foreign pages from reaching it by DNS rebinding.",
    causes: ["A proxy or a DNS name in front of Tailrace that it wasn't told about."],
    remedies: ["Add the name to `TAILRACE_ALLOWED_HOSTS`, or set `HOST`."],
  },
  "cross-site-request": {
    title: "Another site made this request",
    meaning:
      "The browser says that the request comes from a page of another site. Tailrace answers only its own pages.",
    causes: ["A page elsewhere that links or fetches into Tailrace's API."],
    remedies: ["Open the address directly in a tab of its own."],
  },
  "origin-mismatch": {
    title: "The change didn't come from Tailrace's own page",
    meaning: "A request that changes something must carry an Origin equal to Tailrace's own address.",
    causes: ["A proxy that rewrites Host but not Origin.", "A script without an Origin header."],
    remedies: [
      "Let the proxy pass Host through unchanged.",
      "In a script, send `Origin:` with the address that Tailrace is served under.",
    ],
  },
  "method-not-allowed": {
    title: "This address doesn't take this method",
    meaning: "The endpoint exists, but not for this HTTP method; the Allow header lists those it has.",
    causes: ["A hand-written request."],
    remedies: ["`/api/openapi.json` lists every endpoint with its methods."],
  },
  "body-too-large": {
    title: "The body is too large",
    meaning: "The request's body is longer than the endpoint reads.",
    causes: ["Too much in one request."],
    remedies: ["Split it into several requests."],
  },
  "unsupported-media-type": {
    title: "The body is not JSON",
    meaning: "The endpoint reads `application/json` only.",
    causes: ["A missing or different Content-Type header."],
    remedies: ["Send `Content-Type: application/json`."],
  },
  "cursor-too-large": {
    title: "The tail reads too many partitions for this way to continue",
    meaning:
      "`Last-Event-ID` holds where a tail goes on, and is a header: beyond 8 KB servers and proxies refuse those.",
    causes: ["A tail of several hundred partitions, continued by an EventSource or by hand."],
    remedies: ["Send the cursor as the body of a POST to the same address, as this page does."],
  },
  "too-many-tails": {
    title: "This server tails as much as it can",
    meaning: "Each tail takes connections to brokers and memory, so their number has a bound.",
    causes: ["Many open tabs or scripts."],
    remedies: [
      "Close tails that nobody looks at.",
      "Run another Tailrace: instances share nothing and need nothing of each other.",
    ],
  },
  "too-many-verifications": {
    title: "Other verifications wait already",
    meaning:
      "A verification reads a partition's files from end to end, so this server runs one at a time, and few may wait.",
    causes: ["Several people verify partitions at once, or somebody left one running."],
    remedies: ["Try again when one of them has ended.", "Cancel those that nobody needs."],
  },
  "shutting-down": {
    title: "Tailrace is shutting down",
    meaning: "The server is stopping and takes no new requests.",
    causes: ["Somebody stops or redeploys it."],
    remedies: ["Try again in a moment."],
  },
  cancelled: {
    title: "The request was cancelled",
    meaning: "The page or program that asked went away before the answer was there.",
    causes: ["A tab was closed, or a newer request replaced this one."],
    remedies: ["Nothing needs to be done."],
  },
  internal: {
    title: "Something failed inside Tailrace",
    meaning:
      "A fault that Tailrace didn't foresee, or its own server doesn't answer. The request id finds the line in its log.",
    causes: ["A defect in Tailrace.", "The server was stopped while this page was open."],
    remedies: [
      "Check that the server runs, then reload.",
      "If it comes again, report it with the request id and the server's log line.",
    ],
  },
};
