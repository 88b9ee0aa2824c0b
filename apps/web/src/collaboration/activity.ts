/** What somebody does in a document, as awareness tells it under the key `activity`. */
export type Activity = "typing" | "here" | "away";

const liveliest: readonly Activity[] = ["typing", "here", "away"];

/** What a client says of its person. Clients that say nothing are here: that they are connected is all one knows. */
export function readActivity(told: unknown): Activity {
  return liveliest.find((activity) => activity === told) ?? "here";
}

/** Of a person with two tabs: what the livelier of them says. */
export function livelier(one: Activity, other: Activity): Activity {
  return liveliest.indexOf(one) <= liveliest.indexOf(other) ? one : other;
}
