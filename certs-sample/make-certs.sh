#!/usr/bin/env bash
# Makes the sample PKI beside this script: roots, issuing CAs, CRLs, and the keys of the gateway, the teams and the GPs.
#
#   ./make-certs.sh           makes what is missing; what exists stays as it is
#   ./make-certs.sh --fresh   throws everything away and makes it anew (the keys, and so every fixture made with them, change)
#
# Needs bash and openssl 3.0 or newer. Names, serial numbers and dates are fixed; only the keys are random.
# Every certificate carries the mark O="WOTpoort SAMPLE - niet voor gebruik": by it WOTpoort knows these keys and refuses
# them outside demo and tests. The private keys are public knowledge. Never use them for anything.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly MARK='WOTpoort SAMPLE - niet voor gebruik'
readonly PASSWORD='wotpoort-sample'
readonly FROM=20240101000000Z
readonly UNTIL=20440101000000Z
readonly CRL_FROM=20260110120000Z
readonly REVOKED='260110090000Z'
readonly REVOKED_SERIAL=3006

if [[ "${1:-}" == --fresh ]]; then rm -rf ca gateway team gp; fi
mkdir -p ca gateway team gp

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/openssl.cnf" <<CNF
[req]
prompt = no
string_mask = utf8only
distinguished_name = dn
[dn]
[ca]
default_ca = this_ca
[this_ca]
database = $work/index
serial = $work/serial
crlnumber = $work/crlnumber
new_certs_dir = $work
default_md = sha256
policy = any
unique_subject = no
preserve = yes
email_in_dn = no
[any]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = supplied
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
[leaf_rsa]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
subjectAltName = email:\${ENV::EMAIL}
[leaf_ec]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyAgreement
extendedKeyUsage = emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
subjectAltName = email:\${ENV::EMAIL}
[crl]
authorityKeyIdentifier = keyid:always
CNF
export EMAIL=none@invalid

# key FILE ALGORITHM: a new private key; ALGORITHM is rsa2048, rsa3072 or p256
key() {
  case "$2" in
    rsa*) openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa}" -out "$1" 2>/dev/null ;;
    p256) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" ;;
  esac
}

# sign OUT KEY SUBJECT SERIAL UNTIL EXTENSIONS ISSUER…: one certificate; ISSUER… are options of 'openssl ca' naming the issuer
sign() {
  local out=$1 key=$2 subject=$3 serial=$4 until=$5 extensions=$6
  shift 6
  : >"$work/index"
  echo "$serial" >"$work/serial"
  openssl req -new -utf8 -config "$work/openssl.cnf" -key "$key" -subj "$subject" -out "$work/request.pem"
  openssl ca -batch -utf8 -notext -config "$work/openssl.cnf" -extensions "$extensions" -startdate "$FROM" \
    -enddate "$until" -in "$work/request.pem" -out "$work/certificate.pem" "$@" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
  mv "$work/certificate.pem" "$out"
}

# root NAME SERIAL TITLE
root() {
  [[ -e ca/$1.pem ]] && return
  echo "ca/$1"
  key "ca/$1.key.pem" rsa3072
  sign "ca/$1.pem" "ca/$1.key.pem" "/C=NL/O=$MARK/CN=$3" "$2" "$UNTIL" root -selfsign -keyfile "ca/$1.key.pem"
}

# issuing NAME ROOT SERIAL TITLE
issuing() {
  [[ -e ca/$1.pem ]] && return
  echo "ca/$1"
  key "ca/$1.key.pem" rsa3072
  sign "ca/$1.pem" "ca/$1.key.pem" "/C=NL/O=$MARK/CN=$4" "$3" "$UNTIL" issuing -cert "ca/$2.pem" -keyfile "ca/$2.key.pem"
}

# crl NAME: an empty list, except that zorg-issuing names the one revoked certificate
crl() {
  [[ -e ca/$1.crl.pem ]] && return
  : >"$work/index"
  if [[ $1 == zorg-issuing ]]; then
    printf 'R\t%s\t%s,keyCompromise\t%s\tunknown\t/CN=ingetrokken\n' "${UNTIL}" "$REVOKED" "$REVOKED_SERIAL" >"$work/index"
  fi
  echo 01 >"$work/crlnumber"
  openssl ca -gencrl -batch -config "$work/openssl.cnf" -crlexts crl -crl_lastupdate "$CRL_FROM" -crl_nextupdate "$UNTIL" \
    -cert "ca/$1.pem" -keyfile "ca/$1.key.pem" -out "ca/$1.crl.pem" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}

# leaf FILE ISSUER SERIAL ALGORITHM EMAIL NAME UNIT [UNTIL]: FILE.pem (certificate) and FILE.p12 (key, certificate, chain)
leaf() {
  local file=$1 issuer=$2 serial=$3 algorithm=$4 name=$6 unit=$7 until=${8:-$UNTIL} kind=rsa
  [[ $algorithm == p256 ]] && kind=ec
  [[ -e $file.p12 && -e $file.pem ]] && return
  echo "$file"
  export EMAIL=$5
  key "$work/key.pem" "$algorithm"
  sign "$file.pem" "$work/key.pem" "/C=NL/O=$MARK/OU=$unit/CN=$name" "$serial" "$until" "leaf_${kind}" \
    -cert "ca/$issuer.pem" -keyfile "ca/$issuer.key.pem"
  cat "ca/$issuer.pem" >"$work/chain.pem"
  [[ $issuer == *-issuing ]] && cat "ca/${issuer%-issuing}-root.pem" >>"$work/chain.pem"
  openssl pkcs12 -export -inkey "$work/key.pem" -in "$file.pem" -certfile "$work/chain.pem" -name "${file##*/}" \
    -keypbe AES-256-CBC -certpbe AES-256-CBC -macalg sha256 -passout "pass:$PASSWORD" -out "$file.p12"
}

gateway() { leaf "gateway/$1" wot-issuing "$2" "$3" "$4@wotschiedam.nl" "$5" 'Gateway' "${6:-$UNTIL}"; }
team() { leaf "team/$1" wot-issuing "$2" rsa2048 "$1@intern.wotschiedam.nl" "$3" 'Wijkondersteuningsteam'; }
gp() { leaf "gp/$1" "${6:-zorg-issuing}" "$2" "$3" "$4" "$5" 'Huisarts' "${7:-$UNTIL}"; }

root wot-root 0101 'WOTpoort sample root'
root zorg-root 0102 'Zorg sample root'
root stranger-root 0103 'Vreemde sample root'
issuing wot-issuing wot-root 0201 'WOTpoort sample issuing CA'
issuing zorg-issuing zorg-root 0202 'Zorg sample issuing CA'

gateway info 1001 rsa2048 info 'WOT Schiedam'
gateway centrum-west 1002 rsa2048 centrum-west 'WOT Centrum-West'
gateway noordrand 1003 rsa2048 noordrand 'WOT Noordrand'
gateway groenoord 1004 rsa2048 groenoord 'WOT Groenoord'
gateway oost 1005 rsa2048 oost 'WOT Oost'
gateway nieuwland 1006 rsa2048 nieuwland 'WOT Nieuwland'
gateway zuid 1007 rsa2048 zuid 'WOT Zuid'
gateway toestemming 1008 rsa2048 toestemming 'WOT Schiedam Toestemming'
gateway poort 1009 rsa2048 poort 'WOT Schiedam Poort'
gateway zaak 1010 rsa2048 zaak 'WOT Schiedam Zaak'
gateway f.yilmaz 1011 rsa2048 f.yilmaz 'Fatma Yılmaz'
gateway oost-oud 1012 rsa2048 oost 'WOT Oost' 20251231235959Z
gateway zuid-ec 1013 p256 zuid 'WOT Zuid'
gateway post 1014 rsa2048 post 'WOT Schiedam Post'

team centrum-west 2001 'Team Centrum-West'
team noordrand 2002 'Team Noordrand'
team groenoord 2003 'Team Groenoord'
team oost 2004 'Team Oost'
team nieuwland 2005 'Team Nieuwland'
team zuid 2006 'Team Zuid'
team centraal 2007 'Centraal team'
team wvggz 2008 'Meldpunt verplichte zorg'
team jeugd 2009 'Jeugdhulp'
team f.yilmaz 2010 'Fatma Yılmaz'
team s.jansen 2011 'Sanne Jansen'
team m.bakker 2012 'Mark Bakker'
team coordinator-centrum-west 2013 'Coördinator Centrum-West'
team coordinator-noordrand 2014 'Coördinator Noordrand'
team coordinator-groenoord 2015 'Coördinator Groenoord'
team coordinator-oost 2016 'Coördinator Oost'
team coordinator-nieuwland 2017 'Coördinator Nieuwland'
team coordinator-zuid 2018 'Coördinator Zuid'

gp a.devries 3001 rsa2048 a.devries@praktijk-delinde.example 'A. de Vries'
gp b.smit 3002 p256 b.smit@praktijk-delinde.example 'B. Smit'
gp c.dejong 3003 rsa3072 c.dejong@praktijk-maasoever.example 'C. de Jong'
gp praktijk 3004 rsa2048 praktijk@praktijk-delinde.example 'Praktijk De Linde'
gp verlopen 3005 rsa2048 verlopen@praktijk-delinde.example 'E. Verlopen' zorg-issuing 20250630235959Z
gp ingetrokken "$REVOKED_SERIAL" rsa2048 ingetrokken@praktijk-delinde.example 'I. Ingetrokken'
gp onbekend 3007 rsa2048 a.devries@praktijk-delinde.example 'A. de Vries' stranger-root

for name in wot-root zorg-root stranger-root wot-issuing zorg-issuing; do crl "$name"; done
