/** The server's limit, in UTF-16 code units. */
export const titleLengthMax = 200;
