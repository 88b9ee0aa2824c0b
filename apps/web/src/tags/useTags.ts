import { useQuery } from "@tanstack/react-query";
import { listTags } from "../api/list-tags";

/** Where the query cache keeps the tags in use. */
export const tagsKey = ["tags"] as const;

/** The tags in use, the most used first. @param enabled whether they are needed yet */
export function useTags(enabled = true) {
  return useQuery({ queryKey: tagsKey, queryFn: ({ signal }) => listTags(signal), enabled });
}
