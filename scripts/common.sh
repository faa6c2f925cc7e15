# Shared by the scripts; read with `source`, and expects `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export root

# All talk goes to standard error: standard output belongs to the program that is started at the end.
say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# A machine without ICU can build too (the second line: packages name cultures that it then does not know).
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY=0
# Compilers that outlive the build would keep pipes and locks open.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
