// SPDX-License-Identifier: Apache-2.0
//! Replays one SYN against any server of the protocol and measures replies per second.
//! See `--help`. Prints one JSON line.

use std::collections::VecDeque;
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

use chitwire as wire;

const HELP: &str = "udp-pingpong --target IP:PORT (--file SYN | --empty-syn CLUSTER | --digest-syn CLUSTER)
  --version 0|1        protocol version of the SYN built by --empty-syn/--digest-syn (default 0)
  --seconds S          measured time (default 10), after --warmup S (default 1)
  --warmup-replies R   warm up for as many replies as well, but at most 60 s longer (default 0)
  --outstanding K      requests in flight (default 1; lowered so that K SYNs stay below 128 KiB)
  --stale-by K         with --digest-syn: lower the max version of the node with the highest one by K
  --bump               with --digest-syn: every SYN carries heartbeats one higher than the last one
  --ack                answer every SYN-ACK with an ACK of an empty delta (a whole handshake)
  --bind IP:PORT       the address to ask from (default any free port); a server may trust a known one more
  --pid PID            also report the CPU the server process used per reply (Linux /proc)
  --save FILE          write the SYN that is replayed
--digest-syn asks the server once with an empty SYN and sends its own digest back: nothing is stale.";

fn arg(args: &[String], name: &str) -> Option<String> {
    args.iter().position(|a| a == name).map(|i| args.get(i + 1).unwrap_or_else(|| die(&format!("{name} wants a value"))).clone())
}
fn die(msg: &str) -> ! {
    eprintln!("{msg}\n{HELP}");
    std::process::exit(2)
}

/// CPU ticks (user + system) of a process.
fn ticks(pid: &str) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let rest: Vec<&str> = stat[stat.rfind(')')? + 2..].split(' ').collect();
    Some(rest[11].parse::<u64>().ok()? + rest[12].parse::<u64>().ok()?)
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|a| a == "--help") {
        println!("{HELP}");
        return;
    }
    let has = |name: &str| args.iter().any(|a| a == name);
    let target: SocketAddr = arg(&args, "--target").unwrap_or_else(|| die("--target is missing")).parse().unwrap_or_else(|_| die("bad --target"));
    if !target.ip().is_loopback() {
        die("loopback targets only");
    }
    let seconds: f64 = arg(&args, "--seconds").map_or(10.0, |v| v.parse().unwrap());
    let warmup: f64 = arg(&args, "--warmup").map_or(1.0, |v| v.parse().unwrap());
    let warmup_replies: u64 = arg(&args, "--warmup-replies").map_or(0, |v| v.parse().unwrap());
    let asked: usize = arg(&args, "--outstanding").map_or(1, |v| v.parse().unwrap());
    let mut version: u8 = arg(&args, "--version").map_or(0, |v| v.parse().unwrap());
    let pid = arg(&args, "--pid");

    let socket = UdpSocket::bind(arg(&args, "--bind").unwrap_or_else(|| "127.0.0.1:0".into())).unwrap_or_else(|e| die(&format!("--bind: {e}")));
    let size: libc::c_int = 4 << 20;
    unsafe {
        libc::setsockopt(socket.as_raw_fd(), libc::SOL_SOCKET, libc::SO_RCVBUF, &size as *const _ as *const _, 4);
        libc::setsockopt(socket.as_raw_fd(), libc::SOL_SOCKET, libc::SO_SNDBUF, &size as *const _ as *const _, 4);
    }
    socket.connect(target).unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    let mut buf = vec![0u8; 65_536];

    let mut entries = Vec::new();
    let mut cluster = String::new();
    let mut syn = if let Some(file) = arg(&args, "--file") {
        let bytes = std::fs::read(&file).unwrap_or_else(|e| die(&format!("{file}: {e}")));
        version = bytes[2];
        bytes
    } else if let Some(id) = arg(&args, "--empty-syn") {
        wire::syn(version, &[], &id)
    } else if let Some(id) = arg(&args, "--digest-syn") {
        cluster = id;
        socket.send(&wire::syn(version, &[], &cluster)).unwrap();
        let n = socket.recv(&mut buf).unwrap_or_else(|e| die(&format!("no answer to the empty SYN: {e}")));
        let (v, kind, mut rest) = wire::open(&buf[..n]).unwrap();
        if kind != wire::SYN_ACK {
            die(&format!("answer of type {kind}, version {v}"));
        }
        entries = wire::parse_digest(v, &mut rest).unwrap();
        if let Some(by) = arg(&args, "--stale-by") {
            let by: u64 = by.parse().unwrap();
            let most = entries.iter_mut().max_by_key(|e| e.max_version).unwrap();
            most.max_version = most.max_version.saturating_sub(by);
        }
        wire::syn(version, &entries, &cluster)
    } else {
        die("one of --file, --empty-syn, --digest-syn is needed")
    };
    if let Some(file) = arg(&args, "--save") {
        std::fs::write(file, &syn).unwrap();
    }
    let bump = has("--bump") && !entries.is_empty();
    // Where the heartbeats lie in a version 0 SYN, for bumping them in place.
    let mut offsets = Vec::new();
    if bump && version == 0 {
        let mut at = 4 + 2;
        for e in &entries {
            at += 2 + e.node_id.len() + 8 + e.addr.len();
            offsets.push(at);
            at += 24;
        }
    }
    let ack = has("--ack").then(|| wire::empty_ack(version));
    let outstanding = asked.min((131_072 / syn.len()).max(1));

    let mut latencies: Vec<u32> = Vec::with_capacity(4 << 20);
    let (mut replies, mut reply_bytes, mut lost, mut other, mut last_type, mut last_len) = (0u64, 0u64, 0u64, 0u64, 255u8, 0usize);
    let mut in_flight: VecDeque<Instant> = VecDeque::new();
    let start = Instant::now();
    let begin = start + Duration::from_secs_f64(warmup);
    let mut end = begin + Duration::from_secs_f64(seconds + 60.0);
    let mut measuring = false;
    let mut ticks_before = None;
    let mut silent = 0;
    let mut measured_from = begin;
    loop {
        let now = Instant::now();
        if !measuring && now >= begin && (replies >= warmup_replies || now >= begin + Duration::from_secs(60)) {
            measuring = true;
            measured_from = now;
            end = now + Duration::from_secs_f64(seconds);
            ticks_before = pid.as_deref().and_then(ticks);
            (replies, reply_bytes, lost, other) = (0, 0, 0, 0);
            latencies.clear();
        }
        if now >= end || silent >= 6 {
            break;
        }
        while in_flight.len() < outstanding {
            if bump {
                if version == 0 {
                    for &at in &offsets {
                        let hb = u64::from_le_bytes(syn[at..at + 8].try_into().unwrap()) + 1;
                        syn[at..at + 8].copy_from_slice(&hb.to_le_bytes());
                    }
                } else {
                    entries.iter_mut().for_each(|e| e.heartbeat += 1);
                    syn = wire::syn(version, &entries, &cluster);
                }
            }
            in_flight.push_back(Instant::now());
            if socket.send(&syn).is_err() {
                in_flight.pop_back();
                other += 1;
                break;
            }
        }
        match socket.recv(&mut buf) {
            Ok(n) => {
                silent = 0;
                let Ok((_, kind, _)) = wire::open(&buf[..n]) else {
                    other += 1;
                    continue;
                };
                // Anything but an answer to a SYN is the server's own gossip.
                if kind != wire::SYN_ACK && kind != wire::BAD_CLUSTER {
                    other += 1;
                    continue;
                }
                if let Some(sent) = in_flight.pop_front() {
                    latencies.push(sent.elapsed().as_nanos().min(u32::MAX as u128) as u32);
                }
                replies += 1;
                reply_bytes += n as u64;
                last_type = kind;
                last_len = n;
                if let Some(ack) = &ack {
                    let _ = socket.send(ack);
                }
            }
            Err(_) => {
                silent += 1;
                lost += in_flight.len() as u64;
                in_flight.clear();
            }
        }
    }
    let elapsed = measured_from.elapsed().as_secs_f64();
    let cpu_us = match (ticks_before, pid.as_deref().and_then(ticks)) {
        (Some(a), Some(b)) if replies > 0 => {
            let hz = unsafe { libc::sysconf(libc::_SC_CLK_TCK) } as f64;
            format!("{:.2}", (b - a) as f64 / hz * 1e6 / replies as f64)
        }
        _ => "null".into(),
    };
    latencies.sort_unstable();
    let pct = |p: f64| latencies.get(((latencies.len() as f64 - 1.0) * p) as usize).map_or("null".into(), |n| format!("{:.1}", *n as f64 / 1e3));
    println!(
        "{{\"bench\":\"udp-pingpong\",\"version\":{version},\"outstanding\":{outstanding},\"seconds\":{elapsed:.2},\"ack\":{},\"bump\":{bump},\"digest_nodes\":{},\"syn_bytes\":{},\"reply_type\":{last_type},\"reply_bytes_last\":{last_len},\"reply_bytes_mean\":{:.0},\"replies\":{replies},\"replies_per_s\":{:.0},\"p50_us\":{},\"p99_us\":{},\"max_us\":{},\"server_cpu_us_per_reply\":{cpu_us},\"lost\":{lost},\"other\":{other}}}",
        ack.is_some(),
        entries.len(),
        syn.len(),
        reply_bytes as f64 / replies.max(1) as f64,
        replies as f64 / elapsed,
        pct(0.5),
        pct(0.99),
        pct(1.0),
    );
}
