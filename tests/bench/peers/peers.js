// Times annotators of English on a text: node peers.js MODULES FILE BENCH-PROGRAM
//
// MODULES is the folder they are installed in. Each peer gets the text in pieces of the size that
// suits it best of those tried, and counts with its best round. One that would take minutes gets
// the start of the text.
"use strict";

const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const [modules, file, program] = process.argv.slice(2);
if (!program) {
  console.error("usage: node peers.js MODULES FILE BENCH-PROGRAM");
  process.exit(2);
}
const load = createRequire(path.join(path.resolve(modules), "package.json"));
const prose = fs.readFileSync(file, "utf8");
const ROUNDS = 4;
const REFERENCE = new Date(Date.UTC(2026, 4, 14, 12));

function versionOf(name) {
  const file = path.join(modules, "node_modules", name, "package.json");
  return JSON.parse(fs.readFileSync(file, "utf8")).version;
}

// Whole paragraphs, together at least `size` characters a piece.
function pieces(text, size) {
  const list = [];
  let piece = "";
  for (const paragraph of text.split("\n\n")) {
    piece += paragraph + "\n\n";
    if (piece.length >= size) {
      list.push(piece);
      piece = "";
    }
  }
  if (piece.trim() !== "") list.push(piece);
  return list;
}

function time(list, work) {
  const start = process.hrtime.bigint();
  let found = 0;
  for (const piece of list) found += work(piece);
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, found };
}

const faster = (a, b) => (a === null || b.seconds < a.seconds ? b : a);

function roundOf(peer) {
  for (const size of peer.sizes) {
    const list = pieces(prose.slice(0, peer.characters), size);
    const bytes = Buffer.byteLength(list.join(""));
    peer.best = faster(peer.best, { ...time(list, peer.find), bytes, size });
  }
}

// What `bench --dates` printed: seconds to get tokens, seconds of dates, dates, bytes.
function roundOfGalley() {
  const line = execFileSync(path.resolve(program), ["--dates", file], { encoding: "utf8" });
  const [tokens, dates, found, bytes] = line.trim().split(/\s+/).map(Number);
  return { seconds: tokens + dates, dates, found, bytes };
}

function row(name, does, result, galley) {
  const rate = result.bytes / result.seconds / 1e6;
  const ratio = galley ? galley.bytes / galley.seconds / 1e6 / rate : null;
  const numbers = [rate.toFixed(3), String(result.found), String(Math.round(result.bytes / 1000))];
  const columns = numbers.map((number) => number.padStart(8)).join(" ");
  const end = ratio === null ? "" : `${ratio.toFixed(1).padStart(8)} x as fast`;
  console.log(`  ${name.padEnd(28)} ${does.padEnd(38)} ${columns} ${end}`);
}

const chrono = load("chrono-node");
const compromise = load("compromise");
compromise.plugin(load("compromise-dates"));
const nlp = load("wink-nlp")(load("wink-eng-lite-web-model"), ["sbd", "pos", "ner"]);
const WINK_DATES = new Set(["DATE", "TIME", "DURATION"]);

const PEERS = [
  {
    name: "chrono-node",
    does: "dates, values",
    sizes: [1, 4000],
    characters: prose.length,
    find: (piece) => chrono.parse(piece, REFERENCE).length,
  },
  {
    name: "compromise-dates",
    does: "parts of speech, dates, values",
    sizes: [4000],
    characters: 40000,
    find: (piece) => compromise(piece).dates({ today: "2026-05-14" }).get().length,
  },
  {
    name: "wink-nlp",
    does: "parts of speech, entities; no values",
    sizes: [4000],
    characters: 400000,
    find: (piece) => {
      const types = nlp.readDoc(piece).entities().out(nlp.its.type);
      return types.filter((type) => WINK_DATES.has(type)).length;
    },
  },
];

let galley = null;
for (let round = 0; round < ROUNDS; round++) {
  galley = faster(galley, roundOfGalley());
  for (const peer of PEERS) {
    peer.best = peer.best || null;
    roundOf(peer);
  }
}

const titles = ["MB/s", "found", "KB"].map((title) => title.padStart(8)).join(" ");
console.log(`  ${"one core".padEnd(28)} ${"does".padEnd(38)} ${titles}   galley is`);
row("galley, dates only", "parse, tokens, dates, values", galley);
row("galley, the dates' own share", "dates and values, tokens given", {
  ...galley,
  seconds: galley.dates,
});
for (const peer of PEERS) {
  row(`${peer.name} ${versionOf(peer.name)}`, peer.does, peer.best, galley);
}
