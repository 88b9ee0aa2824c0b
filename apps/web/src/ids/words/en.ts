const number = (value: number) => value.toLocaleString("en");

/** The words of the page about IDs in English. What they hold, the other languages must hold. */
export const words = {
  heading: "IDs",
  intro:
    "Every document and every edit has an ID that says when it was made. Paste any ID to see what is in it.",
  sections: { explain: "Explain", mint: "Mint", compare: "Compare", ours: "Which we use" },
  jump: "Parts of this page",
  explain: {
    field: "An ID",
    placeholder: "ULID, Snowflake, UUID or NanoID",
    tryOne: "Try one:",
    bits: "Bits of this ID",
    columns: { field: "Field", bits: "Bits", value: "Value", meaning: "Meaning" },
    bitRange: (from: number, to: number) => (from === to ? `${from}` : `${from}–${to}`),
    highlight: (name: string) => `Show the bits of ${name}`,
    time: "Time",
    local: "Here",
    utc: "UTC",
    relative: "Relative",
    node: "Node",
    nodeParts: (node: number, datacentre: number, worker: number) =>
      `${number(node)}: datacentre ${number(datacentre)}, worker ${number(worker)}`,
    sequence: "Sequence",
    entropy: "Chance",
    entropyBits: (random: number, bits: number) =>
      random === 0
        ? `none of its ${number(bits)} bits is random`
        : `${number(random)} of its ${number(bits)} bits are random`,
    elsewhere: "Minted elsewhere",
    elsewhereTime: (name: string, time: string) => `by ${name}: ${time}`,
    about: "About it",
    suggestion: "Did you mean",
    faultyCharacter: "The character that does not fit",
  },
  dialog: {
    heading: "IDs of this document",
    description: "They say when the document was made, and when it was last saved.",
    document: "Document",
    revision: "Newest revision that is saved",
    noRevision: "None is known yet: it comes with the next “Saved”.",
    explain: "Explain",
  },
  names: {
    heading: "Names here",
    asking: "Asking the server…",
    document: "the document",
    revision: "an edit of",
    noDocument: "No document of this server. A person, a session or another system may have it.",
    noRevision: (node: number) =>
      `No edit that this server can find. Its own come from node ${number(node)}.`,
    nothing: "Nothing: this server mints no IDs of this scheme.",
    unknown: "The server cannot be reached: what it names is not known.",
  },
  faults: {
    EMPTY: "Paste an ID, or try one of these.",
    TOO_LONG: (length: number) => `This has ${number(length)} characters; no ID has more than 45.`,
    unknownLength: (length: number) =>
      `This has ${number(length)} characters. A ULID has 26, a UUID 36, a NanoID 21, and a Snowflake is a number of up to 19 digits.`,
    WRONG_LENGTH: (scheme: string, length: number, expected: number) =>
      `This looks like a ${scheme}, which has ${number(expected)} characters without hyphens, but has ${number(length)}.`,
    BAD_CHARACTER: (scheme: string, character: string, place: number) =>
      `This looks like a ${scheme}, but character ${number(place)}, “${character}”, is none of its alphabet.`,
    BAD_GROUPING: "The digits of a UUID stand in groups of 8, 4, 4, 4 and 12.",
    LEADING_ZERO: "A Snowflake has no zeros in front.",
    OVERFLOW:
      "A Snowflake has 63 bits. This number is above all of them, whose last moment is in September 2093.",
    TIME_OUT_OF_RANGE:
      "A ULID begins with 0 to 7: its 48 bits of time end in the year 10889, and this one lies beyond.",
  },
  mint: {
    scheme: "Scheme",
    count: "How many",
    button: "Mint",
    note: "Samples are minted in this browser. They name nothing.",
    list: "Minted samples",
    copyAll: "Copy all",
  },
  copy: (id: string) => `Copy ${id}`,
  copied: "Copied",
  notCopied: "The browser did not allow copying. Select the ID and copy it.",
  explainOne: (id: string) => `Explain ${id}`,
  compare: {
    table: "The schemes side by side",
    columns: { scheme: "Scheme", size: "Size", chance: "Chance", time: "Time", order: "Sorts by time" },
    size: (characters: number, bytes: number) => `${number(characters)} characters, ${number(bytes)} bytes`,
    chance: (bits: number) => (bits === 0 ? "none" : `${number(bits)} bits`),
    holdsTime: "yes",
    holdsNone: "no",
    orders: { text: "as text", number: "as a number", none: "no" },
    odds: {
      heading: "How likely are two the same?",
      text: "If each ID is minted by itself, anywhere. Generators that count up, as ours do, are safer than that.",
      rate: "IDs per second",
      years: "For how many years",
      perSecond: (count: string) => `${count} per second`,
      inYears: (years: number) => (years === 1 ? "1 year" : `${number(years)} years`),
      list: "Chance that two IDs are the same",
      never: "never, while nodes differ",
      tooFast: "never; it takes more than one node",
      certain: "almost certain",
      percent: (percent: string) => `${percent} %`,
      /** The power is written as a superscript. */
      oneIn: (power: string) => `1 in 10${power}`,
    },
    index: {
      heading: "What does an index make of them?",
      text: (count: number) =>
        `Puts ${number(count)} IDs of each scheme, in the order they are minted, in bursts over three hours, into the pages of an index. Each point is an ID: to the right as time passes, upward by its place in the index. A line means that new IDs go to the end; a cloud, that they go everywhere.`,
      run: "Run the experiment",
      running: "Running…",
      list: "Results of the experiment",
      fill: (percent: number) => `pages ${number(percent)} % full`,
      splits: (splits: number) => (splits === 1 ? "1 page divided" : `${number(splits)} pages divided`),
      touched: (touched: number, pages: number) =>
        `the last tenth written to ${number(touched)} of ${number(pages)} pages`,
      drawing: (scheme: string) => `Places in the index over time: ${scheme}`,
    },
    throughput: {
      heading: "How fast are they minted?",
      text: "In this browser, on one thread, a third of a second each.",
      run: "Measure",
      cancel: "Cancel",
      list: "IDs per second",
      perSecond: (count: string) => `${count} per second`,
      randomUUID: "crypto.randomUUID",
    },
    failed: "This could not be measured here.",
  },
  ours: {
    table: "Which scheme is used for what, and why",
    columns: { what: "What", scheme: "Scheme", why: "Why" },
    rows: [
      {
        what: "Documents, people and sessions",
        scheme: "ULID",
        why: "Minted anywhere, without asking and without a network; 26 characters that sort by time.",
      },
      {
        what: "Revisions: each record of the log",
        scheme: "Snowflake",
        why: "Eight bytes in every record. They order the log, and looking for a time is looking for an ID.",
      },
    ],
    secret: "An ID is never a secret: one can be guessed from its neighbours, or from the clock.",
    clock:
      "IDs never go back: when the clock does, the generator holds on and counts up, also across a restart.",
  },
  schemes: {
    ulid: {
      name: "ULID",
      about: [
        "Sorts by the time it was minted, as text and as bytes.",
        "Within a millisecond a generator counts up: an ID can be guessed from its neighbour.",
      ],
    },
    snowflake: {
      name: "Snowflake",
      about: [
        "Orders by the time it was minted; nothing in it is random.",
        "A number does not say whose epoch it counts from: this reading takes ours, 2024-01-01.",
      ],
    },
    nanoid: {
      name: "NanoID",
      about: [
        "Holds no time and no order.",
        "Nothing marks one: any text of 21 such characters reads as a NanoID.",
      ],
    },
    "uuid-v1": {
      name: "UUID version 1",
      about: ["Time and node. Does not sort: the low bits of the time come first."],
    },
    "uuid-v2": {
      name: "UUID version 2",
      about: ["Names an account of a machine. The low 32 bits of its time are missing, some seven minutes."],
    },
    "uuid-v3": {
      name: "UUID version 3",
      about: ["Made of a namespace and a name by MD5: the same name, the same ID."],
    },
    "uuid-v4": {
      name: "UUID version 4",
      about: ["All but six bits are random: no time, no node, no order."],
    },
    "uuid-v5": {
      name: "UUID version 5",
      about: ["Made of a namespace and a name by SHA-1: the same name, the same ID."],
    },
    "uuid-v6": {
      name: "UUID version 6",
      about: ["Version 1 with the high bits of the time first, so that it sorts."],
    },
    "uuid-v7": { name: "UUID version 7", about: ["Sorts by time: milliseconds first, then chance."] },
    "uuid-v8": { name: "UUID version 8", about: ["Its maker alone knows what the bits mean."] },
    "uuid-nil": { name: "Nil UUID", about: ["A constant: no ID at all, or the begin of a range."] },
    "uuid-max": { name: "Max UUID", about: ["A constant: the end of a range."] },
    "uuid-unknown": { name: "UUID of another layout", about: ["RFC 9562 does not say what its bits mean."] },
  },
  /** Names are those of the specifications. */
  fields: {
    sign: "always 0, so that signed integers hold it",
    time: "milliseconds since the epoch",
    datacentre: "where it was minted",
    worker: "which process there minted it",
    sequence: "counts the IDs of that millisecond",
    random: "random, or one more than the ID before",
    random_a: "random",
    random_b: "random",
    random_c: "random",
    version: "which layout the other bits have",
    variant: "whose layout it is: 10 is RFC 9562’s",
    unix_ts_ms: "milliseconds since 1970",
    rand_a: "random, or a finer part of the time",
    rand_b: "random, or a counter",
    time_low: "the low bits of the time",
    time_mid: "the middle bits of the time",
    time_high: "the high bits of the time",
    clock_seq: "changes when the clock is set back",
    node: "a network card’s address, or random",
    local_id: "the account’s number on the machine",
    local_domain: "what that number counts",
    hash_a: "of a hash of namespace and name",
    hash_b: "of a hash of namespace and name",
    hash_c: "of a hash of namespace and name",
    custom_a: "whatever its maker put there",
    custom_b: "whatever its maker put there",
    custom_c: "whatever its maker put there",
    unknown_a: "nobody says what",
    unknown_b: "nobody says what",
    unknown_c: "nobody says what",
    nil: "all bits are 0",
    max: "all bits are 1",
  },
} as const;
