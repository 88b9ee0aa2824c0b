/** The look of a tag: quiet, and never wider than what it stands in. */
export const tagChipLook =
  "inline-flex h-6 min-w-0 max-w-full items-center rounded-full bg-sunken text-ink-soft text-xs pointer-coarse:h-8";
