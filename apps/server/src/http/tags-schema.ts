import {
  distinctTags,
  faultOfTag,
  type TagFault,
  tagLengthMax,
  tagsMax,
  trimTag,
} from "@scriptorium/protocol";
import { z } from "zod";

const messages: Readonly<Record<TagFault, string>> = {
  empty: "must not be empty",
  tooLong: `must have at most ${tagLengthMax} characters`,
  control: "must not have control characters",
  comma: "must not have a comma",
};

const tag = z.string().transform((text, { addIssue }) => {
  const tag = trimTag(text);
  const fault = faultOfTag(tag);
  if (fault !== undefined) addIssue(messages[fault]);
  return tag;
});

/** The tags of a document, as they are stored: trimmed, and each once. */
export const tagsSchema = z
  .array(tag)
  .max(tagsMax, `must be at most ${tagsMax} tags`)
  .transform((tags) => distinctTags(tags));

/** A parameter of an address that may be there more than once. */
export const tagsParameterSchema = z
  .union([z.string().transform((text) => [text]), z.array(z.string())])
  .default([])
  .pipe(tagsSchema);
