#!/usr/bin/env bash
# Dovecot and Postfix from Debian's packages, on the loopback, at unprivileged ports, in a folder of their own.
#
#   servers.sh start [GATEWAY_LMTP_PORT [SINK_SMTP_PORT]]
#                                          prints DIR and the ports as KEY=VALUE lines; with a port, Postfix hands mail
#                                          for wotschiedam.nl to the gateway there (LMTP), else it lies in a mailbox;
#                                          all other mail goes to Dovecot's mailboxes, or by SMTP to the second port
#   servers.sh stop DIR                    ends what that start began, by its id, and removes the folder
#
# Postfix:  mx (no TLS, no login: the world outside), submission (STARTTLS and login required).
# Dovecot:  imap (STARTTLS required, IDLE, MOVE), lmtp (mailboxes for everybody else).
# Needs root: Postfix's master and Dovecot change to users of their own.
set -euo pipefail

free_ports() {
  python3 - "$1" <<'PY'
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in held:
    s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in held))
PY
}

certificates() { # a throw-away authority and a certificate for localhost
  mkdir "$dir/tls"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 7 -subj "/CN=WOTpoort test mail CA" \
    -keyout "$dir/tls/ca.key" -out "$dir/tls/ca.pem" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=localhost" \
    -keyout "$dir/tls/server.key" -out "$dir/tls/server.csr" 2>/dev/null
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' > "$dir/tls/server.ext"
  openssl x509 -req -in "$dir/tls/server.csr" -CA "$dir/tls/ca.pem" -CAkey "$dir/tls/ca.key" -CAcreateserial -days 7 \
    -extfile "$dir/tls/server.ext" -out "$dir/tls/server.pem" 2>/dev/null
}

dovecot_conf() {
  cat > "$dir/dovecot.conf" <<CONF
protocols = imap lmtp
listen = 127.0.0.1
base_dir = $dir/run
state_dir = $dir/state
log_path = $dir/log/dovecot.log
ssl = required
ssl_cert = <$dir/tls/server.pem
ssl_key = <$dir/tls/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login
mail_location = maildir:~/Maildir
mail_max_userip_connections = 200
first_valid_uid = 1
passdb {
  driver = static
  args = password=postvak-geheim
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$dir/vmail/%Ld/%Ln allow_all_users=yes
}
service imap-login {
  process_min_avail = 1
  service_count = 0
  inet_listener imap {
    address = 127.0.0.1
    port = $imap
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $lmtp
  }
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = $auth
  }
}
CONF
}

postfix_conf() {
  mkdir -p "$dir/postfix"
  cat > "$dir/postfix/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $dir/queue
data_directory = $dir/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = $dir
maillog_file = $dir/log/postfix.log
myhostname = mail.test
myorigin = mail.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
biff = no
in_flow_delay = 0
smtputf8_enable = yes
message_size_limit = 150000000
virtual_mailbox_limit = 0
smtpd_forbid_bare_newline = no
smtpd_tls_cert_file = $dir/tls/server.pem
smtpd_tls_key_file = $dir/tls/server.key
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$auth
smtpd_client_connection_rate_limit = 0
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = $others
relay_transport = $others
virtual_mailbox_base = $dir/vmail
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
CONF
  if [ -n "$gateway" ]; then
    cat >> "$dir/postfix/main.cf" <<CONF
relay_domains = wotschiedam.nl
transport_maps = inline:{ wotschiedam.nl=lmtp:inet:127.0.0.1:$gateway }
minimal_backoff_time = 1s
maximal_backoff_time = 5s
queue_run_delay = 1s
CONF
  else
    cat >> "$dir/postfix/main.cf" <<CONF
virtual_mailbox_domains = wotschiedam.nl
virtual_mailbox_maps = static:post.test/intake/Maildir/
CONF
  fi
  cat > "$dir/postfix/master.cf" <<CONF
127.0.0.1:$mx inet n - n - - smtpd
127.0.0.1:$submission inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
CONF
}

start() {
  gateway=${1:-}
  sink=${2:-}
  for program in dovecot postfix openssl python3; do
    command -v "$program" >/dev/null || { echo "servers.sh: $program is not installed" >&2; exit 69; }
  done
  dir=$(mktemp -d /tmp/wotpoort-servers.XXXXXX)
  chmod 755 "$dir"
  read -r mx submission imap lmtp auth <<< "$(free_ports 5)"
  others=lmtp:inet:127.0.0.1:$lmtp
  [ -z "$sink" ] || others="smtp:[127.0.0.1]:$sink"
  mkdir "$dir/log" "$dir/vmail" "$dir/run" "$dir/state" "$dir/queue" "$dir/data"
  chown postfix "$dir/data"
  chown nobody:nogroup "$dir/vmail"
  certificates
  dovecot_conf
  postfix_conf
  dovecot -c "$dir/dovecot.conf" > "$dir/log/start.log" 2>&1
  postfix -c "$dir/postfix" start >> "$dir/log/start.log" 2>&1
  for port in "$mx" "$submission" "$imap" "$lmtp"; do
    for _ in $(seq 100); do
      (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue 2
      sleep 0.1
    done
    cat "$dir"/log/* >&2
    echo "servers.sh: nothing listens at port $port" >&2
    stop "$dir"
    exit 69
  done
  printf '%s\n' "DIR=$dir" "MX=$mx" "SUBMISSION=$submission" "IMAP=$imap" "LMTP=$lmtp"
}

stop() {
  dir=$1
  case $dir in /tmp/wotpoort-servers.*) ;; *) echo "servers.sh: not a folder of mine: $dir" >&2; exit 64 ;; esac
  postfix -c "$dir/postfix" stop >/dev/null 2>&1 || true
  if [ -f "$dir/run/master.pid" ]; then
    kill "$(cat "$dir/run/master.pid")" 2>/dev/null || true
  fi
  for _ in $(seq 50); do
    [ -f "$dir/run/master.pid" ] || [ -s "$dir/queue/pid/master.pid" ] && pgrep -F "$dir/queue/pid/master.pid" >/dev/null 2>&1 || break
    sleep 0.1
  done
  rm -rf "$dir"
}

case ${1:-} in
  start) shift; start "$@" ;;
  stop) shift; stop "$@" ;;
  *) sed -n '2,14p' "$0"; exit 64 ;;
esac
