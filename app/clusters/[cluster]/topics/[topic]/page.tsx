import type { Metadata } from "next";
import { TopicView } from "#components/topics/topic-view.tsx";

type Props = PageProps<"/clusters/[cluster]/topics/[topic]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic } = await params;
  return { title: decodeURIComponent(topic) };
}

export default async function TopicPage({ params }: Props) {
  const { topic } = await params;
  return <TopicView topic={decodeURIComponent(topic)} />;
}
