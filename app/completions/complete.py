#!/usr/bin/env python3
# complete.py - what bash, zsh or fish completes behind "nudge"
#
# SPDX-License-Identifier: MIT
#
#   complete.py PROGRAM bash|zsh|fish OUT
#
# Asks the program itself: its commands are what its --help lists, and their options what
# the --help of each says, so that none can be forgotten. A word in capitals that names a
# file is completed to files, DEMO to the demos, JOB to those that are running, and a|b|c to
# these words.

import os
import re
import subprocess
import sys

OPTION = r"--[a-z][a-z-]*"
JOBS = r"nudge attach 2>/dev/null | grep -o '/[0-9]*\.sock' | tr -cd '0-9\n'"


def ask(program, *arguments):
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
    run = subprocess.run([program, *arguments], env=environment, text=True,
                         stdout=subprocess.PIPE, check=True)
    return run.stdout


class Option:
    def __init__(self, name, argument, sentence):
        self.name = name
        self.argument = argument  # "" if it has none
        self.sentence = sentence


class Command:
    def __init__(self, name, operand, sentence, text):
        self.name = name
        self.operand = operand
        self.sentence = sentence
        self.options = read_options(text)
        words = re.search(r"^  nudge %s ([a-z]+(?:\|[a-z]+)+)" % name, text, re.M)
        if words:
            self.operand = words.group(1)
        if operand == "…":
            self.operand = re.search(r"^  nudge %s ([A-Z]+) " % name, text, re.M).group(1)


def add_described(options, text):
    """Lines such as '  -h, --step N  the step'."""
    for line in text.splitlines():
        if not re.match(r"  (-\w, )?--", line):
            continue
        names, _, sentence = line.strip().partition("  ")
        argument = re.search(r"[a-z][= ]((?!--).+)$", names)
        for name in re.findall(OPTION, names.split("'")[0]):
            options.setdefault(name, Option(name, argument.group(1) if argument else "",
                                            sentence.strip()))


def add_used(options, text):
    """Those that stand in the lines of usage alone: '[--json]', '--step N'."""
    usage = text.split("\n\n")[0]
    for name, argument in re.findall(r"(%s)[= ]?([A-Z][\w.{},]*)?" % OPTION, usage):
        options.setdefault(name, Option(name, argument, ""))


def read_options(text):
    options = {}
    text = text.split("For example:")[0]
    add_described(options, text)
    add_used(options, text)
    options.setdefault("--help", Option("--help", "", "what it does"))
    return list(options.values())


def read_commands(program):
    text = ask(program, "--help").split("For example:")[0]
    text = re.sub(r"\n {20,}", " ", text)  # a row that goes on
    rows = re.findall(r"^  nudge ([a-z]+)\b ?(.*?)(?:  +(.*))?$", text, re.M)
    return [Command(name, operand, sentence or "", ask(program, name, "--help"))
            for name, operand, sentence in rows]


def get_words(argument):
    """Those that @argument is one of; none if it is something else."""
    return argument.split("|") if re.fullmatch(r"[a-z-]+(\|[a-z-]+)+", argument) else []


def is_file(argument):
    return bool(re.search(r"FILE|CHECKPOINT|SNAPSHOT|SOCKET|JOB|\bIN\b|\bA\b", argument))


class Words:
    """What can be offered for one argument."""

    def __init__(self, argument, demos):
        self.words = get_words(argument) + (demos if "DEMO" in argument else [])
        self.files = is_file(argument)
        self.jobs = argument == "JOB"

    def join(self, substitution="$(%s)"):
        return " ".join(self.words + ([substitution % JOBS] if self.jobs else []))


# --- bash -------------------------------------------------------------------------------

BASH = """\
# nudge - what bash completes behind it
_nudge_offer ()
{
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
  if [ "$2" = files ]; then
    compopt -o filenames 2>/dev/null
    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$current")
  fi
}

_nudge ()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}

  COMPREPLY=()
  if [ "$current" = = ]; then
    current=
  elif [ "$previous" = = ]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    _nudge_offer "%(first)s" files
    return
  fi
  case ${COMP_WORDS[1]},$previous in
%(arguments)s
  esac
  case ${COMP_WORDS[1]},$current in
%(commands)s
  esac
}

complete -F _nudge nudge
"""


def offer(words):
    return '_nudge_offer "%s"%s' % (words.join(), " files" if words.files else "")


def write_bash(commands, demos):
    offers = {}  # what is offered behind these options
    rows = []
    for command in commands:
        for option in command.options:
            if option.argument:
                offers.setdefault(offer(Words(option.argument, demos)), []).append(
                    "%s,%s" % (command.name, option.name))
        names = " ".join(option.name for option in command.options)
        rows.append('  %s,-*) _nudge_offer "%s" ;;' % (command.name, names))
        rows.append("  %s,*) %s ;;" % (command.name, offer(Words(command.operand, demos))))
    first = [command.name for command in commands] + ["--help", "--version"] + demos
    arguments = ["  %s)\n    %s\n    return ;;" % (" | ".join(options), offered)
                 for offered, options in offers.items()]
    return BASH % {"first": " ".join(first), "arguments": "\n".join(arguments),
                   "commands": "\n".join(rows)}


# --- zsh --------------------------------------------------------------------------------

ZSH = """\
#compdef nudge
# nudge - what zsh completes behind it

_nudge_operand () { compadd -- ${=1}; [[ $2 = files ]] && _files }

_nudge ()
{
  if (( CURRENT == 2 )); then
    local -a commands=(
%(first)s
    )
    _describe -t commands command commands
    compadd -- %(demos)s --help --version
    _files
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
%(commands)s
  esac
}

_nudge "$@"
"""


def quote(text):
    return "'%s'" % text.replace("'", "'\\''")


def escape(text):
    """In _arguments' brackets and between its colons."""
    return re.sub(r"([\[\]:\\])", r"\\\1", text)


def zsh_action(words):
    action = '_nudge_operand "%s" %s' % (words.join(), "files" if words.files else "")
    return "{%s}" % action.strip() if words.words or words.files else " "


def write_zsh(commands, demos):
    rows = []
    for command in commands:
        specs = []
        for option in command.options:
            spec = "*%s%s[%s]" % (option.name, "=" if option.argument else "",
                                  escape(option.sentence))
            if option.argument:
                spec += ":%s:%s" % (escape(option.argument),
                                    zsh_action(Words(option.argument, demos)))
            specs.append(quote(spec))
        specs.append(quote("*:%s:%s" % (escape(command.operand),
                                        zsh_action(Words(command.operand, demos)))))
        rows.append("  %s)\n    _arguments \\\n      %s ;;" %
                    (command.name, " \\\n      ".join(specs)))
    first = "\n".join("      " + quote("%s:%s" % (c.name, c.sentence)) for c in commands)
    return ZSH % {"first": first, "demos": " ".join(demos), "commands": "\n".join(rows)}


# --- fish -------------------------------------------------------------------------------


def write_fish(commands, demos):
    seen = "__fish_seen_subcommand_from"
    names = " ".join(command.name for command in commands)
    lines = ["# nudge - what fish completes behind it"]
    none = "-n 'not %s %s'" % (seen, names)
    for command in commands:
        lines.append("complete -c nudge %s -a %s -d %s" %
                     (none, command.name, quote(command.sentence)))
    lines.append("complete -c nudge %s -a %s" % (none, quote(" ".join(demos))))
    lines.append("complete -c nudge %s -l help" % none)
    lines.append("complete -c nudge %s -l version" % none)
    for command in commands:
        here = "complete -c nudge -n '%s %s'" % (seen, command.name)
        operand = Words(command.operand, demos)
        lines.append("%s%s%s" % (here, "" if operand.files else " -f",
                                 " -a " + quote(operand.join("(%s)"))
                                 if operand.join() else ""))
        for option in command.options:
            words = Words(option.argument, demos)
            needs = "" if not option.argument else " -r" if words.files else " -x"
            offered = " -a " + quote(" ".join(words.words)) if words.words else ""
            said = " -d " + quote(option.sentence) if option.sentence else ""
            lines.append("%s -l %s%s%s%s" % (here, option.name[2:], needs, offered, said))
    return "\n".join(lines) + "\n"


def main():
    program, shell, out = sys.argv[1:]
    demos = [
        line.split()[0]
        for kind in ("demos", "lessons")
        for line in ask(program, "list", kind).splitlines()
    ]
    write = {"bash": write_bash, "zsh": write_zsh, "fish": write_fish}[shell]
    with open(out, "w", encoding="utf-8") as file:
        file.write(write(read_commands(program), demos))


if __name__ == "__main__":
    main()
