import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { createDocument } from "../api/create-document";
import { documentKey } from "../api/document-key";
import type { SetAsideCopies, SetAsideCopy } from "../collaboration/set-aside-copies";
import { strings } from "../ui/strings";
import { titleLengthMax } from "./title-limit";

/** Makes a copy a document, opens that, and lets go of the copy. */
export function useCreateFromCopy(copies: SetAsideCopies) {
  const [, navigate] = useLocation();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ title, text }: SetAsideCopy) => createDocument({ title: titleOfCopy(title), text }),
    onSuccess: async (created, copy) => {
      cache.setQueryData(documentKey(created.id), created);
      await copies.remove(copy.id);
      navigate(`/d/${created.id}`);
    },
  });
}

function titleOfCopy(title: string): string {
  const named = (name: string) => strings.setAside.title(name);
  const room = titleLengthMax - named("").length;
  return named((title || strings.untitled).slice(0, room));
}
