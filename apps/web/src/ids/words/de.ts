import type { IdWords } from "../words";

const number = (value: number) => value.toLocaleString("de");

/** The words of the page about IDs in German. */
export const words: IdWords = {
  heading: "Kennungen",
  intro:
    "Jedes Dokument und jede Änderung hat eine Kennung (ID), die sagt, wann sie entstand. Was in einer Kennung steht, zeigt diese Seite.",
  sections: { explain: "Erklären", mint: "Prägen", compare: "Vergleichen", ours: "Welche wir nehmen" },
  jump: "Teile dieser Seite",
  explain: {
    field: "Eine Kennung",
    placeholder: "ULID, Snowflake, UUID oder NanoID eingeben",
    tryOne: "Zum Beispiel:",
    bits: "Bits dieser Kennung",
    columns: { field: "Feld", bits: "Stellen", value: "Wert", meaning: "Bedeutung" },
    bitRange: (from, to) => (from === to ? `${from}` : `${from}–${to}`),
    highlight: (name) => `Die Bits von ${name} zeigen`,
    time: "Zeit",
    local: "Hier",
    utc: "Weltzeit",
    relative: "Von jetzt aus",
    node: "Knoten",
    nodeParts: (node, datacentre, worker) =>
      `${number(node)}: Rechenzentrum ${number(datacentre)}, Prozess ${number(worker)}`,
    sequence: "Folgenummer",
    entropy: "Zufall",
    entropyBits: (random, bits) =>
      random === 0
        ? `keines der ${number(bits)} Bits ist zufällig`
        : `${number(random)} der ${number(bits)} Bits sind zufällig`,
    elsewhere: "Anderswo geprägt",
    elsewhereTime: (name, time) => `von ${name}: ${time}`,
    about: "Dazu",
    suggestion: "Gemeint ist wohl",
    faultyCharacter: "Das Zeichen, das nicht passt",
  },
  dialog: {
    heading: "Kennungen dieses Dokuments",
    description: "Sie sagen, wann das Dokument entstand, und wann es zuletzt gespeichert wurde.",
    document: "Dokument",
    revision: "Neueste gespeicherte Revision",
    noRevision: "Noch ist keine bekannt: Sie kommt mit dem nächsten „Gespeichert“.",
    explain: "Erklären",
  },
  names: {
    heading: "Benennt hier",
    asking: "Der Server wird gefragt\u00a0…",
    document: "das Dokument",
    revision: "eine Änderung an",
    noDocument:
      "Kein Dokument dieses Servers. Ein Mensch, eine Sitzung oder ein anderes System kann sie haben.",
    noRevision: (node) =>
      `Keine Änderung, die dieser Server findet. Seine eigenen kommen vom Knoten ${number(node)}.`,
    nothing: "Nichts: Kennungen dieser Art prägt dieser Server nicht.",
    unknown: "Der Server ist nicht erreichbar: Was sie benennt, ist nicht bekannt.",
  },
  faults: {
    EMPTY: "Eine Kennung einfügen, oder eine von diesen ansehen.",
    TOO_LONG: (length) => `Das sind ${number(length)} Zeichen; keine Kennung hat mehr als 45.`,
    unknownLength: (length) =>
      `Das sind ${number(length)} Zeichen. Eine ULID hat 26, eine UUID 36, eine NanoID 21, und eine Snowflake ist eine Zahl mit bis zu 19 Ziffern.`,
    WRONG_LENGTH: (scheme, length, expected) =>
      `Das sieht wie eine ${scheme} aus; die hat ohne Striche ${number(expected)} Zeichen, dies hat ${number(length)}.`,
    BAD_CHARACTER: (scheme, character, place) =>
      `Das sieht wie eine ${scheme} aus, aber Zeichen ${number(place)}, „${character}“, kommt darin nicht vor.`,
    BAD_GROUPING: "Die Ziffern einer UUID stehen in Gruppen zu 8, 4, 4, 4 und 12.",
    LEADING_ZERO: "Eine Snowflake hat vorn keine Nullen.",
    OVERFLOW:
      "Eine Snowflake hat 63 Bits. Diese Zahl liegt über allen, deren letzter Augenblick im September 2093 ist.",
    TIME_OUT_OF_RANGE:
      "Eine ULID beginnt mit 0 bis 7: Die 48 Bits für die Zeit enden im Jahr 10889, und diese liegt dahinter.",
  },
  mint: {
    scheme: "Art",
    count: "Wie viele",
    button: "Neue prägen",
    note: "Die Proben entstehen in diesem Browser. Sie benennen nichts.",
    list: "Geprägte Proben",
    copyAll: "Alle kopieren",
  },
  copy: (id) => `${id} kopieren`,
  copied: "Kopiert",
  notCopied: "Der Browser hat das Kopieren nicht erlaubt. Die Kennung lässt sich markieren und kopieren.",
  explainOne: (id) => `${id} erklären`,
  compare: {
    table: "Die Arten nebeneinander",
    columns: { scheme: "Art", size: "Größe", chance: "Zufall", time: "Zeit", order: "Nach Zeit sortiert" },
    size: (characters, bytes) => `${number(characters)} Zeichen, ${number(bytes)} Byte`,
    chance: (bits) => (bits === 0 ? "keiner" : `${number(bits)} Bit`),
    holdsTime: "ja",
    holdsNone: "nein",
    orders: { text: "als Text", number: "als Zahl", none: "nein" },
    odds: {
      heading: "Wie wahrscheinlich sind zwei gleich?",
      text: "Wenn jede für sich geprägt wird, irgendwo. Wer wie unsere Generatoren weiterzählt, ist sicherer.",
      rate: "Kennungen je Sekunde",
      years: "Wie viele Jahre lang",
      perSecond: (count) => `${count} je Sekunde`,
      inYears: (years) => (years === 1 ? "1 Jahr" : `${number(years)} Jahre`),
      list: "Wahrscheinlichkeit, dass zwei gleich sind",
      never: "nie, solange sich die Knoten unterscheiden",
      tooFast: "nie; es braucht mehr als einen Knoten",
      certain: "so gut wie sicher",
      percent: (percent) => `${percent}\u00a0%`,
      oneIn: (power) => `1 zu 10${power}`,
    },
    index: {
      heading: "Was macht ein Index daraus?",
      text: (count) =>
        `Legt von jeder Art ${number(count)} Kennungen, so wie sie in Schüben über drei Stunden entstehen, auf die Seiten eines Index. Jeder Punkt ist eine: nach rechts vergeht die Zeit, nach oben steht ihr Platz im Index. Eine Linie heißt, dass neue ans Ende kommen; eine Wolke, dass sie überallhin kommen.`,
      run: "Versuch machen",
      running: "Läuft\u00a0…",
      list: "Ergebnisse des Versuchs",
      fill: (percent) => `Seiten zu ${number(percent)}\u00a0% voll`,
      splits: (splits) => (splits === 1 ? "1 Seite geteilt" : `${number(splits)} Seiten geteilt`),
      touched: (touched, pages) =>
        `das letzte Zehntel auf ${number(touched)} von ${number(pages)} Seiten geschrieben`,
      drawing: (scheme) => `Plätze im Index mit der Zeit: ${scheme}`,
    },
    throughput: {
      heading: "Wie schnell entstehen sie?",
      text: "In diesem Browser, auf einem Kern, je eine Drittelsekunde.",
      run: "Messen",
      cancel: "Abbrechen",
      list: "Kennungen je Sekunde",
      perSecond: (count) => `${count} je Sekunde`,
      randomUUID: "crypto.randomUUID",
    },
    failed: "Das ließ sich hier nicht messen.",
  },
  ours: {
    table: "Welche Art wofür, und warum",
    columns: { what: "Was", scheme: "Art", why: "Warum" },
    rows: [
      {
        what: "Dokumente, Menschen und Sitzungen",
        scheme: "ULID",
        why: "Entsteht überall, ohne zu fragen und ohne Netz; 26 Zeichen, die nach der Zeit sortieren.",
      },
      {
        what: "Revisionen: jeder Eintrag im Protokoll",
        scheme: "Snowflake",
        why: "Acht Byte in jedem Eintrag. Sie ordnen das Protokoll, und eine Zeit zu suchen heißt eine Kennung zu suchen.",
      },
    ],
    secret:
      "Eine Kennung ist nie ein Geheimnis: Sie lässt sich aus ihren Nachbarn erraten, oder aus der Uhr.",
    clock:
      "Kennungen gehen nie zurück: Tut es die Uhr, so hält der Generator an und zählt weiter, auch über einen Neustart hinweg.",
  },
  schemes: {
    ulid: {
      name: "ULID",
      about: [
        "Sortiert nach der Zeit ihrer Entstehung, als Text und als Bytes.",
        "Innerhalb einer Millisekunde zählt ein Generator weiter: Sie lässt sich aus ihrer Nachbarin erraten.",
      ],
    },
    snowflake: {
      name: "Snowflake",
      about: [
        "Ordnet sich nach der Zeit ihrer Entstehung; nichts an ihr ist zufällig.",
        "Eine Zahl sagt nicht, von wann an sie zählt: Hier gilt unser Anfang, 2024-01-01.",
      ],
    },
    nanoid: {
      name: "NanoID",
      about: [
        "Enthält weder Zeit noch Reihenfolge.",
        "Nichts kennzeichnet eine: Jeder Text aus 21 solchen Zeichen liest sich als NanoID.",
      ],
    },
    "uuid-v1": {
      name: "UUID, Version 1",
      about: ["Zeit und Knoten. Sortiert nicht: Die unteren Bits der Zeit stehen vorn."],
    },
    "uuid-v2": {
      name: "UUID, Version 2",
      about: ["Benennt ein Konto eines Rechners. Die unteren 32 Bits der Zeit fehlen, etwa sieben Minuten."],
    },
    "uuid-v3": {
      name: "UUID, Version 3",
      about: ["Durch MD5 aus Namensraum und Name gemacht: gleicher Name, gleiche Kennung."],
    },
    "uuid-v4": {
      name: "UUID, Version 4",
      about: ["Alle Bits bis auf sechs sind zufällig: keine Zeit, kein Knoten, keine Reihenfolge."],
    },
    "uuid-v5": {
      name: "UUID, Version 5",
      about: ["Durch SHA-1 aus Namensraum und Name gemacht: gleicher Name, gleiche Kennung."],
    },
    "uuid-v6": {
      name: "UUID, Version 6",
      about: ["Version 1 mit den oberen Bits der Zeit vorn, damit sie sortiert."],
    },
    "uuid-v7": {
      name: "UUID, Version 7",
      about: ["Sortiert nach der Zeit: erst die Millisekunden, dann der Zufall."],
    },
    "uuid-v8": { name: "UUID, Version 8", about: ["Was die Bits heißen, weiß allein, wer sie gemacht hat."] },
    "uuid-nil": {
      name: "UUID aus Nullen",
      about: ["Eine Konstante: gar keine Kennung, oder der Anfang eines Bereichs."],
    },
    "uuid-max": { name: "UUID aus Einsen", about: ["Eine Konstante: das Ende eines Bereichs."] },
    "uuid-unknown": {
      name: "UUID von anderem Aufbau",
      about: ["RFC 9562 sagt nicht, was ihre Bits bedeuten."],
    },
  },
  fields: {
    sign: "immer 0, damit Zahlen mit Vorzeichen sie fassen",
    time: "Millisekunden seit dem Anfang der Zählung",
    datacentre: "wo sie entstand",
    worker: "welcher Prozess dort sie prägte",
    sequence: "zählt die Kennungen dieser Millisekunde",
    random: "zufällig, oder eins mehr als die Kennung davor",
    random_a: "zufällig",
    random_b: "zufällig",
    random_c: "zufällig",
    version: "welchen Aufbau die anderen Bits haben",
    variant: "wessen Aufbau es ist: 10 ist der von RFC 9562",
    unix_ts_ms: "Millisekunden seit 1970",
    rand_a: "zufällig, oder ein feinerer Teil der Zeit",
    rand_b: "zufällig, oder ein Zähler",
    time_low: "die unteren Bits der Zeit",
    time_mid: "die mittleren Bits der Zeit",
    time_high: "die oberen Bits der Zeit",
    clock_seq: "ändert sich, wenn die Uhr zurückgestellt wird",
    node: "die Adresse einer Netzwerkkarte, oder zufällig",
    local_id: "die Nummer des Kontos auf dem Rechner",
    local_domain: "was diese Nummer zählt",
    hash_a: "vom Hashwert aus Namensraum und Name",
    hash_b: "vom Hashwert aus Namensraum und Name",
    hash_c: "vom Hashwert aus Namensraum und Name",
    custom_a: "was immer ihr Urheber dorthin schrieb",
    custom_b: "was immer ihr Urheber dorthin schrieb",
    custom_c: "was immer ihr Urheber dorthin schrieb",
    unknown_a: "niemand sagt, was",
    unknown_b: "niemand sagt, was",
    unknown_c: "niemand sagt, was",
    nil: "alle Bits sind 0",
    max: "alle Bits sind 1",
  },
};
