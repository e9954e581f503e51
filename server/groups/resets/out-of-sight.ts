/** Beside the answer and in the record, for users who don't see every topic. */
export const OUT_OF_SIGHT =
  "Kafka tells this user no offsets of topics that it may not describe. Those that the group had there are deleted as well, and can't be given back: they are on no record. With Describe on Topic * all are.";
