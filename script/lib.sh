# What script/demo and script/test share. POSIX shell; sourced, never run.

set -eu
cd -- "$(dirname -- "$0")/.."
NAME=script/$(basename -- "$0")
PATH=$PATH:/usr/sbin:/sbin
VENV=.venv
PYTHON=$VENV/bin/python
export PYTHONUNBUFFERED=1
# Compiled once and kept, else every process of the tests would compile the product and its libraries anew.
unset PYTHONDONTWRITEBYTECODE || true

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
fail() {
    printf '%s: %s\n' "$NAME" "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }

# want PACKAGE COMMAND…: remember a Debian package when the command that shows it is there fails.
missing=
want() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

has_library() { ldconfig -p 2>/dev/null | grep -q "$1"; }

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null; }

# Install what is missing if we may; else say what it is. Never fails: each caller asks again for what it cannot do without.
install_missing() {
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086 # a list of packages
    if is_root && have apt-get; then
        say "Installing from Debian:$missing"
        apt-get -qq update >/dev/null || say "Debian's lists of packages could not be fetched."
        # One by one where not all are to be had: what is there is of use without the rest.
        apt_install $missing || for package in $missing; do
            apt_install "$package" || say "Could not install $package"
        done
    else
        say "Missing system packages; ask whoever looks after this machine for: apt-get install$missing"
    fi
    missing=
}

python_is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

can_make_venv() { have uv || "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# The system's own first: it is built with profile-guided optimisation, and takes half the time of one that was built
# without (0.15 s against 0.27 s for the same loop). Of each kind the newest that can make an environment.
find_python() {
    for candidate in /usr/bin/python3.13 /usr/bin/python3.12 python3.13 python3.12 python3 python3.11 /usr/bin/python3; do
        if have "$candidate" && python_is_new_enough "$candidate" && can_make_venv "$candidate"; then
            say "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer that can make virtual environments is needed: install python3 and python3-venv."
}

# A virtual environment in .venv, kept if its Python still runs. CI always makes a new one, so that a broken lock fails there.
make_venv() {
    if [ -z "${CI:-}" ] && [ -x $PYTHON ] && python_is_new_enough $PYTHON; then
        return
    fi
    python=$(find_python)
    step "Making a virtual environment in $VENV"
    if have uv && uv venv --quiet --clear --no-python-downloads --python "$python" $VENV 2>/dev/null; then
        return
    fi
    "$python" -m venv --clear $VENV || fail "python3 cannot make a virtual environment: install python3-venv."
}

# install_requirements NAME: exactly what requirements/NAME.txt pins and nothing else, once for each version of that file.
# Without --no-deps pip looks for what "coverage[toml]" asks for, finds a version newer than the pinned one, and gives up.
install_requirements() {
    file=requirements/$1.txt
    stamp=$VENV/.installed-$1
    wanted=$(cksum <"$file")
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi
    step "Installing the $1 requirements (hashes checked)"
    if have uv && uv pip install --quiet --python $PYTHON --no-deps --require-hashes -r "$file"; then
        :
    else
        $PYTHON -m pip --version >/dev/null 2>&1 || $PYTHON -m ensurepip >/dev/null 2>&1 || true
        $PYTHON -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$file" ||
            fail "The $1 requirements could not be installed: see the lines above."
    fi
    check_installed || fail "requirements/$1.txt lacks something that another package needs: run script/lock."
    say "$wanted" >"$stamp"
}

check_installed() {
    if have uv; then
        uv pip check --quiet --python $PYTHON
    else
        $PYTHON -m pip --disable-pip-version-check check >/dev/null
    fi
}

spare_port() { $PYTHON -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
