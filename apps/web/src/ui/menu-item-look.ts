/** The look of an item of a menu. */
export const menuItemLook =
  "flex h-9 cursor-default select-none items-center gap-3 rounded-control px-2.5 text-sm outline-none data-[highlighted]:bg-hover pointer-coarse:h-11";
