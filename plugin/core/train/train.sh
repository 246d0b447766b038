#!/bin/sh
# Learns plugin/core/entity_model.bin: train.sh PROGRAM DATA OUT
# DATA holds the marked-up articles that README.md beside this file names.
set -eu
program=$1 data=$2 out=$3
here=$(dirname "$0")
tweets=partial=1:weight=0.15
exec "$program" "$out" epochs=12 rate=0.2 l2=2 l2_words=6 drop_context=0.3 keep=50000 \
  "names=$here/swap.txt" \
  "$data/entities-wikigold.jsonl:swaps=4" \
  "$data/train/entities-uner-ewt-dev.jsonl:partial=1:swaps=4" \
  "$data/train/entities-btc.jsonl:$tweets" \
  "$data/train/entities-wnut17-train.jsonl:$tweets" \
  "$data/train/entities-sec-fin5.jsonl:$tweets" \
  "$here/templates.txt:templates=1:swaps=80:weight=0.15"
