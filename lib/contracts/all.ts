import { getBroker, getBrokerConfigs, getBrokerLogDirs, listBrokers, setBrokerProcess } from "./brokers.ts";
import { createChangeLog, getChange, getRecording, listChanges } from "./changes.ts";
import { diagnoseConnection, getOverview, listClusters } from "./clusters.ts";
import type { Endpoint } from "./endpoint.ts";
import { getGroup, getGroupLag, listGroups } from "./groups.ts";
import { downloadMessage, getMessage, listMessages, sendMessage } from "./messages.ts";
import {
  deleteGroup,
  deleteGroupOffsets,
  exportGroupOffsets,
  planOffsetReset,
  planUndo,
  resetOffsets,
} from "./offset-resets.ts";
import { countSegment, listBatches } from "./segment-batches.ts";
import { locateOffset } from "./segment-look-ups.ts";
import { listSegments } from "./segments.ts";
import { getHealth } from "./server.ts";
import { resumeTail, tailMessages } from "./tail.ts";
import { getTopicStorage } from "./topic-storage.ts";
import {
  createTopic,
  getTopic,
  getTopicConfigs,
  listTopicConfigDefinitions,
  listTopicConfigs,
  listTopicRates,
  listTopicSizes,
  listTopics,
} from "./topics.ts";
import { verifySegments } from "./verifications.ts";

/** Every operation of the API: OpenAPI, the answers to wrong methods and the fuzz test come from this list. */
export const allEndpoints: readonly Endpoint[] = [
  listClusters,
  getOverview,
  diagnoseConnection,
  listBrokers,
  getBroker,
  getBrokerConfigs,
  getBrokerLogDirs,
  setBrokerProcess,
  listTopics,
  listTopicSizes,
  listTopicConfigs,
  listTopicRates,
  listTopicConfigDefinitions,
  createTopic,
  getTopic,
  getTopicConfigs,
  listMessages,
  sendMessage,
  getMessage,
  downloadMessage,
  tailMessages,
  resumeTail,
  getTopicStorage,
  listSegments,
  locateOffset,
  verifySegments,
  listBatches,
  countSegment,
  listGroups,
  getGroup,
  getGroupLag,
  planOffsetReset,
  resetOffsets,
  deleteGroup,
  deleteGroupOffsets,
  exportGroupOffsets,
  listChanges,
  getChange,
  planUndo,
  getRecording,
  createChangeLog,
  getHealth,
];
