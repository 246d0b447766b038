// What the peers are asked to be scored on: node scores.js NAME prints a line of options of
// tests/eval/score.lua for each kind that the peer of this name finds; without NAME, the names.
"use strict";

const programs = require("./programs.js");
const name = process.argv[2];
const lines = name ? programs[name].kinds.map((kind) => kind.join(" ")) : Object.keys(programs);
console.log(lines.join("\n"));
