import { getBroker, getBrokerConfigs, getBrokerLogDirs, listBrokers, setBrokerProcess } from "./brokers.ts";
import { diagnoseConnection, getOverview, listClusters } from "./clusters.ts";
import type { Endpoint } from "./endpoint.ts";
import { downloadMessage, getMessage, listMessages, sendMessage } from "./messages.ts";
import { getHealth } from "./server.ts";
import { resumeTail, tailMessages } from "./tail.ts";
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
  getHealth,
];
