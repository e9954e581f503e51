import type { Metadata } from "next";
import { CreateTopicForm } from "#components/topics/create/create-topic-form.tsx";

export const metadata: Metadata = { title: "Create a topic" };

export default function CreateTopicPage() {
  return <CreateTopicForm />;
}
