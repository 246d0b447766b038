// Times annotators of English on a text: node peers.js MODULES FILE BENCH-PROGRAM
//
// All take turns, each in a process of its own, and each counts with its best round. Times are of
// the processor; the peers' garbage is collected on their own thread, so that it is one core's.
"use strict";

const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const [modules, file, program] = process.argv.slice(2);
if (!program) {
  console.error("usage: node peers.js MODULES FILE BENCH-PROGRAM");
  process.exit(2);
}
const programs = require("./programs.js");
const ROUNDS = 3;

function versionOf(name) {
  const file = path.join(modules, "node_modules", name, "package.json");
  return JSON.parse(fs.readFileSync(file, "utf8")).version;
}

const faster = (a, b) => (!a || b.seconds < a.seconds ? b : a);

function roundOf(name) {
  const one = path.join(__dirname, "one.js");
  return JSON.parse(
    execFileSync(process.execPath, ["--single-threaded-gc", one, modules, name, "time", file]),
  );
}

// What `bench --line` printed; the time of all kinds with their values, and of dates alone.
function roundOfGalley() {
  const line = execFileSync(path.resolve(program), ["--line", file], { encoding: "utf8" });
  const [tokens, dateSeconds, whole, dates, found, bytes, memory] = line.trim().split(/\s+/).map(Number);
  return [
    { seconds: whole, found, bytes, memory },
    { seconds: tokens + dateSeconds, found: dates, bytes, memory },
  ];
}

function row(name, does, result, galley) {
  const rate = (of) => of.bytes / of.seconds / 1e6;
  const numbers = [
    rate(result).toFixed(3),
    String(result.found),
    String(Math.round(result.bytes / 1000)),
    String(Math.round(result.memory / 1048576)),
  ];
  const columns = numbers.map((number) => number.padStart(8)).join(" ");
  const ratio = galley ? `${(rate(galley) / rate(result)).toFixed(1).padStart(8)} x as fast` : "";
  console.log(`  ${name.padEnd(24)} ${does.padEnd(44)} ${columns} ${ratio}`);
}

let all = null, dates = null;
const best = {};
for (let round = 0; round < ROUNDS; round++) {
  const [whole, part] = roundOfGalley();
  all = faster(all, whole);
  dates = faster(dates, part);
  for (const name of Object.keys(programs)) best[name] = faster(best[name], roundOf(name));
}

const titles = ["MB/s", "found", "KB", "MB used"].map((title) => title.padStart(8)).join(" ");
console.log(`  ${"one core".padEnd(24)} ${"does".padEnd(44)} ${titles}   galley, all kinds, is`);
row("galley", "all kinds, values, speakers, checks", all);
row("galley, dates only", "parse, tokens, dates, values", dates);
for (const [name, { does }] of Object.entries(programs)) {
  row(`${name} ${versionOf(name)}`, does, best[name], all);
}
