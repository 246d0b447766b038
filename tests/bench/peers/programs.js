// The programs that galley is set beside, each behind the same face.
//
// An entry has: packages (the first names it), does, sizes (characters a piece: those tried),
// characters (how much of the text it gets; one that would take minutes gets its start), kinds (what
// it can be scored on, as options of tests/eval/score.lua), and open(load), which gives a function
// from a text and its date ("YYYY-MM-DD" or null) to spans: {start, end} in UTF-16 units, kind,
// type, value.
"use strict";

const NOON = "T12:00:00Z";

// TIMEX3 value of what chrono is sure of.
function timexOf(components) {
  const certain = (part) => components.isCertain(part);
  const padded = (part, width) => String(components.get(part)).padStart(width, "0");
  if (!certain("day") && !certain("weekday")) {
    return certain("month") ? `${padded("year", 4)}-${padded("month", 2)}` : padded("year", 4);
  }
  const day = `${padded("year", 4)}-${padded("month", 2)}-${padded("day", 2)}`;
  return certain("hour") ? `${day}T${padded("hour", 2)}:${padded("minute", 2)}` : day;
}

function openChrono(load) {
  const chrono = load("chrono-node");
  return (text, date) =>
    chrono.parse(text, date ? new Date(date + NOON) : undefined).map((result) => ({
      start: result.index,
      end: result.index + result.text.length,
      kind: "date",
      type: result.start.isCertain("hour") ? "TIME" : "DATE",
      value: timexOf(result.start),
    }));
}

function openCompromise(load) {
  const nlp = load("compromise");
  nlp.plugin(load("compromise-dates"));
  const parts = [
    ["entity", "person", (doc) => doc.people()],
    ["entity", "place", (doc) => doc.places()],
    ["entity", "organization", (doc) => doc.organizations()],
    ["figure", "money", (doc) => doc.money()],
    ["figure", "percent", (doc) => doc.percentages()],
  ];
  const placed = (view, kind, type) =>
    view.json({ offset: true }).map(({ offset }) => ({
      start: offset.start,
      end: offset.start + offset.length,
      kind,
      type,
    }));
  return (text, date) => {
    const doc = nlp(text);
    const spans = parts.flatMap(([kind, type, find]) => placed(find(doc), kind, type));
    const dates = doc.dates({ today: date || "2026-05-14" });
    const values = dates.get();
    placed(dates, "date", "DATE").forEach((span, index) => {
      const start = values[index] && values[index].start;
      spans.push({ ...span, value: start ? start.slice(0, 10) : undefined });
    });
    return spans;
  };
}

const WINK_KINDS = {
  DATE: ["date", "DATE"],
  TIME: ["date", "TIME"],
  DURATION: ["date", "DURATION"],
  MONEY: ["figure", "money"],
  PERCENT: ["figure", "percent"],
};

function openWink(load) {
  const nlp = load("wink-nlp")(load("wink-eng-lite-web-model"), ["sbd", "pos", "ner"]);
  const its = nlp.its;
  return (text) => {
    const doc = nlp.readDoc(text);
    const types = doc.entities().out(its.type), ranges = doc.entities().out(its.span);
    const words = doc.tokens().out(), spaces = doc.tokens().out(its.precedingSpaces);
    const starts = [];
    let at = 0;
    words.forEach((word, index) => {
      at += spaces[index].length;
      starts.push(at);
      at += word.length;
    });
    return types.flatMap((type, index) => {
      const known = WINK_KINDS[type];
      if (!known) return [];
      const [first, last] = ranges[index];
      const end = starts[last] + words[last].length;
      return [{ start: starts[first], end, kind: known[0], type: known[1] }];
    });
  };
}

const NAMES = ["--kind", "entity", "--types", "person,place,organization"];
const AMOUNTS = ["--kind", "figure", "--types", "money,percent"];
const DATES = ["--kind", "date"];

module.exports = {
  "chrono-node": {
    packages: ["chrono-node"],
    does: "dates, values",
    sizes: [1, 4000],
    characters: Infinity,
    kinds: [DATES],
    open: openChrono,
  },
  compromise: {
    packages: ["compromise", "compromise-dates"],
    does: "parts of speech, names, dates, amounts",
    sizes: [4000],
    characters: 40000,
    kinds: [NAMES, DATES, AMOUNTS],
    open: openCompromise,
  },
  "wink-nlp": {
    packages: ["wink-nlp", "wink-eng-lite-web-model"],
    does: "parts of speech, dates, amounts; no values",
    sizes: [4000],
    characters: 400000,
    kinds: [DATES, AMOUNTS],
    open: openWink,
  },
};
