// One peer in a process of its own, so that its memory can be told:
//
//   node one.js MODULES NAME time FILE             a line of JSON: seconds, found, bytes, size, memory
//   node one.js MODULES NAME annotate < GOLD       annotations of JSON Lines of texts
"use strict";

const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const [modules, name, work, file] = process.argv.slice(2);
const program = require("./programs.js")[name];
if (!program || (work !== "time" && work !== "annotate")) {
  console.error("usage: node one.js MODULES NAME time FILE | annotate");
  process.exit(2);
}
const find = program.open(createRequire(path.join(path.resolve(modules), "package.json")));

// Whole paragraphs, together at least `size` characters a piece.
function piecesOf(text, size) {
  const pieces = [];
  let piece = "";
  for (const paragraph of text.split("\n\n")) {
    piece += paragraph + "\n\n";
    if (piece.length >= size) {
      pieces.push(piece);
      piece = "";
    }
  }
  if (piece.trim() !== "") pieces.push(piece);
  return pieces;
}

function timeOf(pieces) {
  const start = process.cpuUsage();
  let found = 0;
  for (const piece of pieces) found += find(piece, "2026-05-14").length;
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, found };
}

if (work === "time") {
  const text = fs.readFileSync(file, "utf8").slice(0, program.characters);
  let best = null;
  for (const size of program.sizes) {
    const pieces = piecesOf(text, size);
    const took = { ...timeOf(pieces), bytes: Buffer.byteLength(pieces.join("")), size };
    if (best === null || took.seconds < best.seconds) best = took;
  }
  console.log(JSON.stringify({ ...best, memory: process.resourceUsage().maxRSS * 1024 }));
} else {
  let failed = 0;
  // A peer that throws has found nothing in that text; the rest is scored all the same.
  const annotate = (text, date) => {
    try {
      return find(text, date);
    } catch {
      failed++;
      return [];
    }
  };
  for (const line of fs.readFileSync(0, "utf8").split("\n")) {
    if (line === "") continue;
    const { id, text, dct } = JSON.parse(line);
    const byte = (at) => Buffer.byteLength(text.slice(0, at));
    const spans = annotate(text, dct).map((span) => ({
      ...span,
      start: byte(span.start),
      end: byte(span.end),
    }));
    console.log(JSON.stringify({ id, spans }));
  }
  if (failed > 0) console.error(`${name} fails on ${failed} of these texts`);
}
