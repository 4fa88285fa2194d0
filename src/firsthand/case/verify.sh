#!/bin/sh
# Checks this bag with sh, sed and openssl alone: nothing of Firsthand is needed.
#
#     sh verify.sh                 does everything in the bag hold?
#     sh verify.sh LINES HEAD      ... and is line LINES the one that you wrote down?
#     sh verify.sh BAG [LINES HEAD]   the same for a bag elsewhere, by a copy of this that you keep
#
# Ends with 0 if everything holds, with 1 if something does not (each failure is named), and with
# 3 if it could not look. It reads; it changes nothing.
#
# What it cannot know: whether the whole bag was written anew, by somebody who then also wrote
# this file. Only something that you hold from elsewhere shows that: a checkpoint (LINES HEAD), the
# fingerprint of the key that sealed the case, or your own copy of this program.

LC_ALL=C
export LC_ALL
OPENSSL_CONF=/dev/null
export OPENSSL_CONF
if [ $# = 1 ] || [ $# = 3 ]; then
    cd "$1" || exit 3
    shift
else
    case $0 in */*) cd "${0%/*}" || exit 3 ;; esac
fi

nl='
'
problems=0
bad() {
    printf 'PROBLEM  %s\n' "$1"
    problems=$((problems + 1))
}

probe=$(printf 'abc' | openssl dgst -sha256 -r) || probe=
case $probe in
ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad*) ;;
*)
    echo 'openssl is needed, and is not here or does not work.'
    exit 3
    ;;
esac
case $(printf 'x\n' | sed 's/x/y/') in y) ;; *)
    echo 'sed is needed, and is not here or does not work.'
    exit 3
    ;;
esac

# --- every file, both ways: the manifests are written anew and compared byte for byte ----------

walk() ( # the names of all files below the folder $1, each folder in the order of its names' bytes
    met=0
    for f in "$1"/* "$1"/.[!.]* "$1"/..?*; do
        case $f in *"$nl"*) printf 'a name of several lines:  %s\n' "$1" && met=1 && continue ;; esac
        if [ -h "$f" ]; then
            printf 'a link:  %s\n' "$f"
        elif [ -f "$f" ]; then
            printf '%s\n' "$f"
        elif [ -d "$f" ]; then
            walk "$f"
        elif [ -e "$f" ]; then
            printf 'neither file nor folder:  %s\n' "$f"
        else
            continue
        fi
        met=1
    done
    if [ $met = 0 ]; then printf 'an empty folder:  %s\n' "$1"; fi
)

sums() { # "hash  name" a line, by the hash $1, of the files named in the lines of $2
    alg=$1
    list=$2
    set --
    while IFS= read -r f; do
        if [ $# -ge 100 ]; then
            openssl dgst "-$alg" -r "$@" || printf 'not all can be read:  %s\n' "$1"
            set --
        fi
        case $f in
        *:\ \ *) printf '%s\n' "$f" ;;
        *) set -- "$@" "$f" ;;
        esac
    done <<EOF
$list
EOF
    if [ $# -gt 0 ]; then
        openssl dgst "-$alg" -r "$@" || printf 'not all can be read:  %s\n' "$1"
    fi
}

digest() { # of standard input
    hashed=$(openssl dgst -sha256 -r)
    printf '%s' "${hashed%% *}"
}

hash_of() { # the line $1 with its end, into $value
    value=$(printf '%s\n' "$1" | openssl dgst -sha256 -r)
    value=${value%% *}
}

same() { # the text $1 and the file $2, byte for byte; $3 is what it is
    if [ -h "$2" ] || [ ! -f "$2" ]; then
        bad "$2 is missing"
        return
    fi
    hash_of "$1"
    if [ "$value" != "$(digest <"$2")" ]; then
        bad "$2 is not $3"
        different=1
    fi
}

name_them() { # which lines of $1 are not among those of $2; $3 says what that means
    while IFS= read -r one; do
        case $nl$2$nl in *"$nl$one$nl"*) ;; *) bad "$3: ${one#*  }" ;; esac
    done <<EOF
$1
EOF
}

for f in * .[!.]* ..?*; do
    case $f in
    README.txt | bag-info.txt | bagit.txt | index.html | manifest-sha256.txt | \
        manifest-sha512.txt | tagmanifest-sha256.txt | tagmanifest-sha512.txt | verify.sh)
        if [ -h "$f" ] || [ ! -f "$f" ]; then bad "$f is no plain file"; fi ;;
    data) if [ -h "$f" ] || [ ! -d "$f" ]; then bad "$f is no folder"; fi ;;
    *) if [ -e "$f" ] || [ -h "$f" ]; then bad "not of this bag: $f"; fi ;;
    esac
done

names=$(walk data)
beside='README.txt
bag-info.txt
bagit.txt
index.html
manifest-sha256.txt
manifest-sha512.txt
verify.sh'
for alg in sha256 sha512; do
    found=$(sums $alg "$names" | sed 's/ \*/  /')
    different=0
    same "$found" "manifest-$alg.txt" 'the list of what is in data/'
    if [ $different = 1 ]; then
        listed=$(sed '' "manifest-$alg.txt")
        name_them "$listed" "$found" 'changed or missing'
        name_them "$found" "$listed" 'not what the list says'
    fi
    if [ $alg = sha256 ]; then files=$found; else files512=$found; fi
    tags=$(sums $alg "$beside" | sed 's/ \*/  /')
    same "$tags" "tagmanifest-$alg.txt" 'the list of the files beside data/'
    if [ $alg = sha256 ]; then tags256=$tags; fi
done

has() { # whether the file list holds "hash  name"
    case $nl$files$nl in *"$nl$1  $2$nl"*) return 0 ;; esac
    return 1
}

# --- the log: form, chain, and what each line commits to --------------------------------------

log=data/log.jsonl
start='^{"actor":"[a-z0-9][a-z0-9._-]*","at":"[-0-9T:.]*Z","content":'
rest=',"kind":"[a-z.]*","payloads":{["a-z0-9:,]*},"prev":"[0-9a-f]\{64\}","schema":"firsthand\/event\/1","seq":[1-9][0-9]*,"subject":\[.*\],"time_source":".*"}$'
odd=$(sed -n -e "/${start}null$rest/d" -e "/$start\"[0-9a-f]\\{64\\}\"$rest/d" -e p "$log")
if [ -n "$odd" ]; then bad 'the log has a line that is no line of a log'; fi
whole=$(while IFS= read -r line; do printf '%s\n' "$line"; done <"$log" | digest)
if [ "$whole" != "$(digest <"$log")" ]; then bad 'the log holds bytes that no line has, or ends within a line'; fi

text() { # the one line of the file $1, into $text
    text=
    more=
    {
        IFS= read -r text || bad "$1 has no end"
        if IFS= read -r more || [ -n "$more" ]; then bad "$1 is more than one line"; fi
    } <"$1"
}

after() { # what follows $2 in $1, up to the next of $3, into $value
    value=
    case $1 in *"$2"*) value=${1#*"$2"} value=${value%%$3*} ;; esac
}

padded() { # number $1 to $2 digits, into $value
    value=$1
    while [ ${#value} -lt "$2" ]; do value=0$value; done
}

expected=
expect() {
    expected=$expected$nl$1
    if ! has "${1%%  *}" "${1#*  }"; then bad "line $n speaks of a file that is not here so: ${1#*  }"; fi
}

expect_files() { # the list "files" in $text; $1 is their folder
    left=${text#*'"files":['}
    left=${left%%\]*}
    while :; do
        case $left in *'"path":"'*) ;; *) break ;; esac
        left=${left#*'"path":"'}
        after "$left" '"sha256":"' '"'
        expect "$value  $1/${left%%\"*}"
    done
}

left_out=
redaction=
if [ -f data/redaction.json ]; then
    text data/redaction.json
    after "$text" '"payloads":[' '\]'
    left_out=$value
    redaction=$(digest <data/redaction.json)
    n=redaction.json
    left=${text#*'"copies":['}
    left=${left%%\]*}
    expected="$nl$redaction  data/redaction.json"
    while :; do
        case $left in *'"path":"'*) ;; *) break ;; esac
        left=${left#*'"path":"'}
        after "$left" '"sha256":"' '"'
        expect "$value  data/${left%%\"*}"
    done
fi

seconds() { # of the instant $1, since 1970 (days from civil, after Howard Hinnant), into $value
    y=${1%%-*} r=${1#*-}
    m=${r%%-*} r=${r#*-}
    d=${r%%T*} r=${r#*T}
    H=${r%%:*} r=${r#*:}
    M=${r%%:*} r=${r#*:}
    S=${r%%[.Z]*}
    m=${m#0} d=${d#0} H=${H#0} M=${M#0} S=${S#0}
    if [ "$m" -le 2 ]; then y=$((y - 1)); fi
    era=$((y / 400))
    yoe=$((y - era * 400))
    doy=$(((153 * ((m + 9) % 12) + 2) / 5 + d - 1))
    doe=$((yoe * 365 + yoe / 4 - yoe / 100 + doy))
    value=$((((era * 146097 + doe - 719468) * 24 + H) * 3600 + M * 60 + S))
}

check_seal() { # the line's text is in $text
    after "$text" '"seal":' '[,}]'
    padded "$value" 4
    at=data/seals/$value
    after "$text" '"key":"' '"'
    signer=$value
    after "$text" '"head":"' '"'
    sealed=$value
    after "$text" '"lines":' '[,}]'
    case $hashes in *" $value:$sealed "*) ;; *) bad "seal $at is of another log" ;; esac
    IFS= read -r sealing <"$at/checkpoint.json"
    case $sealing in
    '{"at":"'*'","case":"'"$case_id"'","head":"'"$sealed"'","key":"'"$signer"'","lines":'"$value"',"schema":"firsthand/checkpoint/1",'*) ;;
    *) bad "$at/checkpoint.json is not what line $n says" ;;
    esac
    if [ "$signer" != "$pinned" ]; then bad "seal $at is by a key that was not pinned then"; fi
    if ! openssl pkeyutl -verify -pubin -inkey "$key/key.pem" -rawin -in "$at/checkpoint.json" \
        -sigfile "$at/checkpoint.sig" >/dev/null 2>&1; then
        bad "the signature of seal $at does not hold"
    fi
    seals=$((seals + 1))
}

check_stamp() {
    after "$text" '"seal":' '[,}]'
    padded "$value" 4
    at=data/seals/$value
    after "$text" '"stamp":' '[,}]'
    padded "$value" 2
    stamp=$at/stamp-$value
    after "$text" '"gen_time":"' '"'
    seconds "$value"
    for against in "-data $at/checkpoint.json" "-queryfile $stamp.tsq"; do
        # shellcheck disable=SC2086  # an option and its value; no name in a bag holds a blank here
        case $(openssl ts -verify -in "$stamp.tsr" $against -CAfile "$stamp.pem" \
            -attime "$value" 2>&1) in
        *'Verification: OK'*) ;;
        *) bad "the time stamp $stamp.tsr does not hold" ;;
        esac
    done
    stamps=$((stamps + 1))
}

n=0
head=0000000000000000000000000000000000000000000000000000000000000000
hashes=' '
payloads=
withheld=
under_key=
given=' '
opened=' '
case_id=
kind=
pinned=
key=
told=
honoured=
seals=0
stamps=0
objects=
while IFS= read -r line; do
    n=$((n + 1))
    after "$line" ',"prev":"' '"'
    if [ "$value" != "$head" ]; then bad "line $n does not follow from the one before"; fi
    hash_of "$line"
    head=$value
    hashes="$hashes$n:$head "
    after "$line" ',"schema":"firsthand/event/1","seq":' ','
    if [ "$value" != $n ]; then bad "line $n says that it is another"; fi
    case $kind in actor.introduced) ;; *) before=$kind ;; esac
    after "$line" ',"kind":"' '"'
    kind=$value
    after "$line" ',"payloads":{' '}'
    committed=$value
    padded $n 6
    number=$value
    if [ $n = 1 ]; then
        after "$line" '"subject":["' '"'
        case_id=$value
    fi
    if { [ $n = 1 ] && [ "$kind" != case.created ]; } || { [ $n != 1 ] && [ "$kind" = case.created ]; }; then
        bad 'the log does not begin with case.created, once'
    fi
    sensitive=
    open=
    for name in open sensitive; do
        after "$committed" "\"$name\":\"" '"'
        if [ -z "$value" ]; then continue; fi
        place=data/payloads/$number.$name.json
        if [ -f "$place" ]; then
            payloads="$payloads$nl$value  $place"
            if ! has "$value" "$place"; then bad "$place is not what line $n commits to"; fi
            if [ $name = open ]; then open=$place; else sensitive=$place; fi
            opened="$opened$number.$name "
        else
            case ,$left_out, in
            *",\"$number.$name\","*)
                withheld="$withheld,\"$number.$name\""
                continue
                ;;
            esac
            if [ -f "data/encrypted/$number.$name" ]; then
                under_key="$under_key $number.$name"
            else
                bad "$place is missing"
            fi
        fi
    done

    after "$line" '"content":' ','
    content=$value
    case $kind in
    item.added | derivative.added)
        case $kind in item.added) area=originals ;; *) area=derived ;; esac
        if [ "$content" = null ]; then bad "line $n brings an item in and commits to nothing"; fi
        if [ -n "$sensitive" ]; then
            text "$sensitive"
            after "$text" '"schema":"firsthand/item/1","sha256":"' '"'
            sha256=$value
            after "$text" '","sha512":"' '"'
            sha512=$value
            salt=${text#*'},"salt":"'}
            salt=${salt%%\"*}
            if [ "\"$(printf '%s%s' "$salt" "$sha256" | digest)\"" != "$content" ]; then
                bad "line $n commits to another content than its payload names"
            fi
            object=data/$area/${sha256%"${sha256#??}"}/$sha256
            expect "$sha256  $object"
            case $nl$files512$nl in *"$nl$sha512  $object$nl"*) ;; *) bad "$object has another sha512" ;; esac
        fi
        ;;
    *) if [ "$content" != null ]; then bad "line $n commits to content and brings none in"; fi ;;
    esac

    if [ -z "$open" ]; then continue; fi
    case $kind in
    note.written)
        text "$open"
        after "$text" '"note":' '[,}]'
        padded "$value" 4
        folder=data/note/$value
        after "$text" '"language":"' '"'
        expect_files "$folder/$value"
        ;;
    key.pinned)
        text "$open"
        after "$text" '"number":' '[,}]'
        padded "$value" 2
        key=data/seals/key-$value
        expect_files "$key"
        after "$text" '"fingerprint":"' '"'
        pinned=$value
        if [ "$(openssl pkey -pubin -in "$key/key.pem" -outform DER 2>/dev/null | digest)" != "$pinned" ]; then
            bad "$key/key.pem is another key than line $n pins"
        fi
        ;;
    checkpoint.sealed | stamp.requested | stamp.received)
        text "$open"
        after "$text" '"seal":' '[,}]'
        padded "$value" 4
        expect_files "data/seals/$value"
        case $kind in checkpoint.sealed) check_seal ;; stamp.received) check_stamp ;; esac
        ;;
    payload.encrypted)
        text "$open"
        expect_files data/encrypted
        after "$text" '"path":"' '"'
        given="$given$value "
        case $opened in *" $value "*) bad "payload $value is encrypted, and open too" ;; esac
        ;;
    export.written)
        text "$open"
        after "$text" '"redaction":"' '"'
        told=$value
        ;;
    import.received)
        text "$open"
        after "$text" '"redaction":"' '"'
        if [ "$before" = export.written ] && [ -n "$value" ] && [ "$value" = "$told" ]; then honoured=$value; fi
        ;;
    esac
done <"$log"

for one in $under_key; do
    case $given in *" $one "*) ;; *) bad "payload $one is missing: no line says that it was encrypted" ;; esac
done
if [ "${withheld#,}" != "$left_out" ]; then bad 'redaction.json names what no line has, or what is here'; fi

# --- nothing that no line speaks of ------------------------------------------------------------

while IFS= read -r one; do
    place=${one#*  }
    case $place in
    data/log.jsonl) continue ;;
    data/case.json)
        hash_of "{\"id\":\"$case_id\",\"schema\":\"firsthand/case/1\"}"
        if [ "$one" != "$value  $place" ]; then bad "$place is not what the first line says"; fi
        ;;
    data/head.json)
        hash_of "{\"head\":\"$head\",\"lines\":$n,\"schema\":\"firsthand/head/1\"}"
        if [ "$one" != "$value  $place" ]; then bad "$place does not say where the log ends"; fi
        ;;
    data/payloads/*) case $payloads$nl in *"$nl$one$nl"*) ;; *) bad "no line speaks of $place" ;; esac ;;
    *) case $expected$nl in *"$nl$one$nl"*) ;; *) bad "no line speaks of $place" ;; esac ;;
    esac
done <<EOF
$files
EOF
for place in data/case.json data/head.json; do
    if [ ! -f $place ]; then bad "$place is missing"; fi
done

# --- the last line hands this bag over ----------------------------------------------------------

if [ "$kind" != export.written ] || [ -z "$open" ]; then
    bad 'the log does not end with the line that hands this bag over'
else
    text "$open"
    after "$text" '"redaction":"' '"'
    if [ -n "$redaction" ] && [ "$value" != "$redaction" ] && [ "$honoured" != "$redaction" ]; then
        bad 'nobody said that what redaction.json names is to be left out'
    fi
    if [ -n "$value" ] && [ "$value" != "$redaction" ]; then bad 'redaction.json is not the one that was handed over'; fi
    for f in README.txt bag-info.txt bagit.txt index.html verify.sh; do
        after "$text" "\"$f\":\"" '"'
        case $nl$tags256$nl in *"$nl$value  $f$nl"*) ;; *) bad "$f is not the one that was handed over" ;; esac
    done
fi

if [ $# -ge 2 ]; then
    case $hashes in
    *" $1:$2 "*) echo "Line $1 is the one that you hold." ;;
    *) bad "line $1 is not the one that you hold: the log was rolled back or written anew" ;;
    esac
fi

counted=0
for one in $(printf '%s' "$left_out" | sed 's/,/ /g'); do counted=$((counted + 1)); done
echo "lines      $n"
echo "head       $head"
echo "seals      $seals${pinned:+ by the key $pinned}"
echo "stamps     $stamps"
echo "withheld   $counted payloads"
if [ $problems -gt 0 ]; then
    echo "$problems problems: this bag does NOT hold."
    exit 1
fi
echo 'Everything in this bag holds.'
if [ $# -lt 2 ]; then
    echo 'A log that was rolled back, or written anew as a whole, would look the same: compare the'
    echo 'head above with one that you have from elsewhere, or run: sh verify.sh LINES HEAD'
fi
