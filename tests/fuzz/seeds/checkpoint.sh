#!/bin/bash
# checkpoint.sh - make the seeds in checkpoint/
#
# SPDX-License-Identifier: MIT
#
#   tests/fuzz/seeds/checkpoint.sh build/app/nudge

set -euo pipefail
nudge=$(readlink -f "$1")
cd "$(dirname "$(readlink -f "$0")")"
mkdir -p checkpoint

# keep NAME STEPS TEXT [OPTION...]: a run of so many steps of the experiment
keep () {
  folder=$(mktemp -d)
  printf '%s\n' "$3" > "$folder/$1.nudge"
  (cd "$folder" && "$nudge" run "$1.nudge" --steps "$2" --quiet --checkpoint "$1.nudge-checkpoint" "${@:4}")
  mv "$folder/$1.nudge-checkpoint" checkpoint/
  rm -r "$folder"
}

network='"network": { "layers": [ { "units": 3, "activation": "tanh" }, { "units": 1 } ] }'
keep plain 2 "{ \"nudge\": 1, \"data\": { \"source\": \"uniform\", \"examples\": 3, \"features\": 1 },
  $network, \"loss\": { \"type\": \"squared_sum\", \"target\": 5 } }"
keep logged 6 "{ \"nudge\": 1, \"data\": { \"source\": \"moons\", \"examples\": 9, \"validation\": 0.3 },
  $network, \"loss\": { \"type\": \"mse\" }, \"optimizer\": { \"type\": \"adam\" }, \"batch\": { \"size\": 4, \"shuffle\": true },
  \"nudges\": [ \"*: w + a*noise @ every 2 steps\", \"fc1: w - a*g @ every example a=0.01\" ],
  \"log\": [ { \"step\": 2, \"do\": \"pause\", \"index\": 1 }, { \"step\": 3, \"do\": \"nudge\", \"nudge\": \"fc1: w*1.01\" },
    { \"step\": 4, \"do\": \"edit\", \"network\": { \"layers\": [ { \"name\": \"fc1\", \"units\": 4, \"activation\": \"tanh\" },
      { \"name\": \"fc2\", \"units\": 1 } ] } }, { \"step\": 9, \"do\": \"guard\", \"guard\": \"off\" } ] }" --losses l.csv
keep slow 5 "{ \"nudge\": 1, \"data\": { \"source\": \"plane\", \"examples\": 5 },
  $network, \"loss\": { \"type\": \"mse\" }, \"nudges\": [ \"fc1.weight: ema a=0.5\", \"fc2[0]: lookahead @ every 2 steps\",
  \"*: w/std @ every 3 steps else=skip\", \"fc2.bias: w/(n - 2)\" ] }"
keep epochs 7 "{ \"nudge\": 1, \"data\": { \"source\": \"plane\", \"examples\": 5 },
  $network, \"loss\": { \"type\": \"mse\" }, \"batch\": { \"size\": 2 },
  \"nudges\": [ \"fc1.weight: 0.9*w @ every 2 epochs\", \"fc2: w + 0.1 @ step 2, 6, 9\", \"*: w*1.01 @ epoch 1, 3\" ],
  \"log\": [ { \"step\": 4, \"do\": \"edit\", \"batch\": { \"size\": 3 } } ] }"
