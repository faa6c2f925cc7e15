#!/usr/bin/env bash
# Trials beside each other, as Markdown: scripts/trials.sh results/decisions/0010-fast-protocol
# A trial is a run's folder, or what is kept of one: config.json, and metrics.jsonl or the lines of it that end an epoch, epochs.jsonl.
set -euo pipefail
folder=${1:?usage: scripts/trials.sh FOLDER}

setting() { sed -n "s/^  \"$2\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}$/\1/p" "$1/config.json"; }
number() { sed -n "s/.*\"$2\":\([-0-9.eE+]*\).*/\1/p" <<<"$1"; }

echo '| trial | experiment | epochs | batch | optimiser | rate | × for localisation | decay | smoothing | held out | training error, % | validation error, % |'
echo '|---|---|---|---|---|---|---|---|---|---|---|---|'
for trial in "$folder"/*/; do
    trial=${trial%/}
    log=$trial/metrics.jsonl
    [ -e "$log" ] || log=$trial/epochs.jsonl
    last=$(grep '"kind":"epoch"' "$log" | tail -n 1)
    smoothing=$(setting "$trial" label_smoothing) # runs before it was a setting have none
    printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %.2f | %.2f |\n' "$(basename "$trial")" "$(setting "$trial" experiment)" \
        "$(number "$last" epoch)" "$(setting "$trial" batch)" "$(setting "$trial" optimiser)" "$(setting "$trial" rate)" \
        "$(setting "$trial" localisation_rate)" "$(setting "$trial" weight_decay)" \
        "${smoothing:-0}" "$(setting "$trial" validation)" "$(number "$last" train_error)" "$(number "$last" error)"
done
