import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { createDocument } from "../api/create-document";
import { documentKey } from "../api/document-key";
import { strings } from "../ui/strings";
import { titleLengthMax } from "./title-limit";

interface Content {
  /** Of what it is a copy; may be empty. */
  readonly title: string;
  readonly text: string;
}

/** Makes a document of a text, and opens it. @param nameOf the new title, of the old one */
export function useCreateWithText<Copy extends Content>(
  nameOf: (title: string) => string,
  onCreated: (copy: Copy) => Promise<void> = async () => {},
) {
  const [, navigate] = useLocation();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ title, text }: Copy) => createDocument({ title: shorten(title, nameOf), text }),
    onSuccess: async (created, copy) => {
      cache.setQueryData(documentKey(created.id), created);
      await onCreated(copy);
      navigate(`/d/${created.id}`);
    },
  });
}

function shorten(title: string, nameOf: (title: string) => string): string {
  const room = titleLengthMax - nameOf("").length;
  return nameOf((title || strings.untitled).slice(0, room));
}
