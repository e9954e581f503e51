import { NothingInCluster } from "#components/clusters/nothing-in-cluster.tsx";

export default function NotFoundInCluster() {
  return <NothingInCluster />;
}
