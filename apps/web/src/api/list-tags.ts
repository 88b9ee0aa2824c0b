import * as z from "zod/mini";
import { request } from "./request";

/** More would be no help to choose from. */
const tagsMax = 500;

const tagListSchema = z.object({
  tags: z.array(z.object({ tag: z.string(), documents: z.int().check(z.nonnegative()) })),
});

/** A tag in use, with how many documents outside the trash have it. */
export type TagCount = z.infer<typeof tagListSchema>["tags"][number];

/** The tags in use, the most used first. */
export async function listTags(signal: AbortSignal): Promise<readonly TagCount[]> {
  return (await request(`/tags?limit=${tagsMax}`, tagListSchema, { signal })).tags;
}
