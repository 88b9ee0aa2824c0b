import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { createDocument, type NewDocument } from "../api/create-document";
import { documentKey } from "../api/document-key";

/** Creates a document, by default empty and untitled, and opens it. */
export function useCreateDocument() {
  const [, navigate] = useLocation();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (document: NewDocument | undefined) => createDocument(document),
    onSuccess: (created) => {
      cache.setQueryData(documentKey(created.id), created);
      navigate(`/d/${created.id}`, { state: { created: true } });
    },
  });
}
