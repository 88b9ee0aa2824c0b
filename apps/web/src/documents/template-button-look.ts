/** Of the narrow button beside the one that makes a new document. */
export const templateButtonLook = "w-9 rounded-l-none border-paper/30 border-l px-0! pointer-coarse:w-11";
