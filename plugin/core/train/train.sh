#!/bin/sh
# Learns plugin/core/entity_model.bin: train.sh PROGRAM DATA OUT
# DATA holds the marked-up articles that README beside this file names.
set -eu
program=$1 data=$2 out=$3
tweets=partial=1:weight=0.1
exec "$program" "$out" epochs=15 keep=40000 \
  "$data/entities-wikigold.jsonl" \
  "$data/train/entities-uner-ewt-dev.jsonl:partial=1" \
  "$data/train/entities-btc.jsonl:$tweets" \
  "$data/train/entities-wnut17-train.jsonl:$tweets" \
  "$data/train/entities-sec-fin5.jsonl:$tweets"
