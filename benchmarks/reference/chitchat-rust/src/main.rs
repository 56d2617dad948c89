// SPDX-License-Identifier: Apache-2.0
//! Benchmarks of the chitchat crate: N nodes in one process over loopback UDP.
//! `chitchat-bench cluster|loss|bulk|serve|ceiling --flag value ...`, one JSON line each.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use chitchat::transport::{RecvOutcome, SendOutcome, Socket, Transport, UdpTransport};
use chitchat::{
    spawn_chitchat, ChitchatConfig, ChitchatEnvelope, ChitchatHandle, ChitchatId, DeletionStatus, FailureDetectorConfig,
    ProtocolVersion, VersionedValue,
};
use chitwire as wire;
use rand::RngExt;

// ---------------------------------------------------------------- counting, dropping transport

#[derive(Default)]
struct Counters {
    messages: AtomicU64,
    bytes: AtomicU64,
    dropped: AtomicU64,
    failed: AtomicU64,
    drop_permille: AtomicU32,
}

#[derive(Clone, Default)]
struct CountingTransport(Arc<Counters>);

struct CountingSocket {
    inner: Box<dyn Socket>,
    counters: Arc<Counters>,
}

#[async_trait]
impl Transport for CountingTransport {
    async fn open(&self, addr: SocketAddr) -> anyhow::Result<Box<dyn Socket>> {
        Ok(Box::new(CountingSocket { inner: UdpTransport.open(addr).await?, counters: self.0.clone() }))
    }
}

#[async_trait]
impl Socket for CountingSocket {
    fn local_addr(&self) -> anyhow::Result<SocketAddr> {
        self.inner.local_addr()
    }
    async fn send(&mut self, to: SocketAddr, envelope: ChitchatEnvelope) -> anyhow::Result<SendOutcome> {
        let permille = self.counters.drop_permille.load(Relaxed);
        if permille > 0 && rand::rng().random_range(0..1000u32) < permille {
            self.counters.dropped.fetch_add(1, Relaxed);
            return Ok(SendOutcome { num_bytes_sent: 0 });
        }
        let outcome = self.inner.send(to, envelope).await;
        match &outcome {
            Ok(sent) => {
                self.counters.messages.fetch_add(1, Relaxed);
                self.counters.bytes.fetch_add(sent.num_bytes_sent as u64, Relaxed);
            }
            Err(_) => {
                self.counters.failed.fetch_add(1, Relaxed);
            }
        }
        outcome
    }
    async fn recv(&mut self) -> anyhow::Result<RecvOutcome> {
        self.inner.recv().await
    }
}

// ---------------------------------------------------------------- measuring

fn cpu_seconds() -> f64 {
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let secs = |t: libc::timeval| t.tv_sec as f64 + t.tv_usec as f64 / 1e6;
    secs(usage.ru_utime) + secs(usage.ru_stime)
}
fn rss_mib() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<f64>().unwrap() * 4096.0 / 1048576.0
}
/// Datagrams the kernel threw away for a full receive buffer, machine-wide.
fn udp_rcvbuf_errors() -> u64 {
    let text = std::fs::read_to_string("/proc/net/snmp").unwrap();
    let mut lines = text.lines().filter(|l| l.starts_with("Udp:"));
    let (names, values) = (lines.next().unwrap(), lines.next().unwrap());
    let at = names.split(' ').position(|n| n == "RcvbufErrors").unwrap();
    values.split(' ').nth(at).unwrap().parse().unwrap()
}
fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1e3
}
fn stats(mut v: Vec<f64>) -> String {
    if v.is_empty() {
        return "null".into();
    }
    v.sort_by(f64::total_cmp);
    let pct = |p: f64| v[((v.len() as f64 - 1.0) * p).round() as usize];
    format!("{{\"n\":{},\"min\":{:.0},\"median\":{:.0},\"p99\":{:.0},\"max\":{:.0}}}", v.len(), v[0], pct(0.5), pct(0.99), v[v.len() - 1])
}

struct Args(HashMap<String, String>);
impl Args {
    fn get<T: std::str::FromStr>(&self, name: &str, default: T) -> T {
        self.0.get(name).map_or(default, |v| v.parse().unwrap_or_else(|_| panic!("bad --{name}")))
    }
}

// ---------------------------------------------------------------- cluster

fn config(i: usize, seed: Option<u16>, port: u16, interval: Duration, initial: Duration, version: ProtocolVersion, id: String) -> ChitchatConfig {
    let addr: SocketAddr = ([127, 0, 0, 1], port).into();
    ChitchatConfig {
        chitchat_id: ChitchatId::new(id, 1_700_000_000_000 + i as u64, addr),
        cluster_id: "bench".into(),
        gossip_interval: interval,
        listen_addr: addr,
        seed_nodes: seed.map(|p| format!("127.0.0.1:{p}")).into_iter().collect(),
        failure_detector_config: FailureDetectorConfig { initial_interval: initial, ..Default::default() },
        marked_for_deletion_grace_period: Duration::from_secs(3600),
        catchup_callback: None,
        extra_liveness_predicate: None,
        protocol_version: version,
    }
}

#[derive(Default)]
struct Observer {
    live: AtomicUsize,
    gone: AtomicBool,
    sees_victim: AtomicBool,
    losses: AtomicUsize,
}

struct Cluster {
    handles: Vec<Option<ChitchatHandle>>,
    observers: Vec<Arc<Observer>>,
    victim: Arc<Mutex<Option<ChitchatId>>>,
    spread: Arc<Mutex<(usize, Vec<Instant>)>>,
    transport: CountingTransport,
    started: Instant,
    _listeners: Vec<chitchat::ListenerHandle>,
}

impl Cluster {
    async fn start(n: usize, base: u16, interval: Duration, initial: Duration, version: ProtocolVersion) -> Cluster {
        let transport = CountingTransport::default();
        let victim: Arc<Mutex<Option<ChitchatId>>> = Default::default();
        let spread: Arc<Mutex<(usize, Vec<Instant>)>> = Default::default();
        let (mut handles, mut observers, mut listeners) = (Vec::new(), Vec::new(), Vec::new());
        let started = Instant::now();
        for i in 0..n {
            let config = config(i, Some(base), base + i as u16, interval, initial, version, format!("node-{i:04}"));
            let handle = spawn_chitchat(config, vec![("service".into(), "bench".into())], &transport).await.unwrap();
            let observer = Arc::new(Observer::default());
            let spread_clone = spread.clone();
            let (mut watcher, listener) = {
                let chitchat = handle.chitchat();
                let guard = chitchat.lock().await;
                let listener = guard.subscribe_event("spread-", move |event| {
                    let now = Instant::now();
                    let mut spread = spread_clone.lock().unwrap();
                    if event.key.parse() == Ok(spread.0) {
                        spread.1.push(now);
                    }
                });
                (guard.live_nodes_watcher(), listener)
            };
            let (seen, victim_clone) = (observer.clone(), victim.clone());
            tokio::spawn(async move {
                while watcher.changed().await.is_ok() {
                    let nodes = watcher.borrow_and_update();
                    let before = seen.live.swap(nodes.len(), Relaxed);
                    if nodes.len() < before {
                        seen.losses.fetch_add(before - nodes.len(), Relaxed);
                    }
                    if let Some(id) = victim_clone.lock().unwrap().as_ref() {
                        seen.sees_victim.store(nodes.contains_key(id), Relaxed);
                    }
                }
            });
            handles.push(Some(handle));
            observers.push(observer);
            listeners.push(listener);
        }
        Cluster { handles, observers, victim, spread, transport, started, _listeners: listeners }
    }

    fn running(&self) -> usize {
        self.handles.iter().flatten().count()
    }

    /// Waits until every running node sees `want` live nodes; the time since start, if in time.
    async fn converged(&self, want: usize, timeout: Duration) -> Option<f64> {
        let limit = Instant::now() + timeout;
        loop {
            if self.observers.iter().all(|o| o.gone.load(Relaxed) || o.live.load(Relaxed) == want) {
                return Some(ms(self.started.elapsed()));
            }
            if Instant::now() > limit {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    fn losses(&self) -> usize {
        self.observers.iter().map(|o| o.losses.load(Relaxed)).sum()
    }

    fn seen_pairs(&self) -> usize {
        self.observers.iter().filter(|o| !o.gone.load(Relaxed)).map(|o| o.live.load(Relaxed)).sum()
    }

    async fn spread(&self, trials: usize) -> String {
        let (mut times, mut timeouts) = (Vec::new(), 0);
        let setters: Vec<usize> = (0..self.handles.len()).filter(|i| self.handles[*i].is_some()).collect();
        for trial in 1..=trials {
            let pause = rand::rng().random_range(50..250);
            tokio::time::sleep(Duration::from_millis(pause)).await;
            *self.spread.lock().unwrap() = (trial, Vec::new());
            let setter = setters[rand::rng().random_range(0..setters.len())];
            let set = Instant::now();
            self.handles[setter].as_ref().unwrap().with_chitchat(|c| c.self_node_state().set(format!("spread-{trial}"), "small value")).await;
            // The setter's own listener fires as well, so all nodes are counted.
            loop {
                let done = {
                    let spread = self.spread.lock().unwrap();
                    (spread.1.len() >= self.running()).then(|| spread.1.iter().max().unwrap().duration_since(set))
                };
                if let Some(took) = done {
                    times.push(ms(took));
                    break;
                }
                if set.elapsed() > Duration::from_secs(20) {
                    timeouts += 1;
                    break;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
        format!("{{\"ms\":{},\"timeouts\":{timeouts}}}", stats(times))
    }

    async fn detect(&mut self, trials: usize) -> String {
        let (mut all, mut first, mut timeouts) = (Vec::new(), Vec::new(), 0);
        for trial in 0..trials {
            let index = self.handles.len() - 1 - trial;
            for o in &self.observers {
                o.sees_victim.store(true, Relaxed);
            }
            let handle = self.handles[index].take().unwrap();
            *self.victim.lock().unwrap() = Some(handle.chitchat_id().clone());
            self.observers[index].gone.store(true, Relaxed);
            let killed = Instant::now();
            handle.abort();
            drop(handle);
            let mut first_seen = None;
            loop {
                let blind = self.observers.iter().filter(|o| !o.gone.load(Relaxed) && o.sees_victim.load(Relaxed)).count();
                if first_seen.is_none() && blind < self.running() {
                    first_seen = Some(ms(killed.elapsed()));
                }
                if blind == 0 {
                    all.push(ms(killed.elapsed()));
                    first.push(first_seen.unwrap());
                    break;
                }
                if killed.elapsed() > Duration::from_secs(30) {
                    timeouts += 1;
                    break;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        format!("{{\"all_ms\":{},\"first_ms\":{},\"timeouts\":{timeouts}}}", stats(all), stats(first))
    }
}

async fn cluster(args: &Args, lossy: bool) {
    let n: usize = args.get("n", 10);
    let version_code: u8 = args.get("version", 0);
    let version = ProtocolVersion::from_code(version_code).unwrap();
    let interval: u64 = args.get("interval", 100);
    let initial: u64 = args.get("initial", interval);
    let base: u16 = args.get("base", 20_000);
    let seconds: f64 = args.get("seconds", if lossy { 30.0 } else { 15.0 });
    let rcvbuf = udp_rcvbuf_errors();
    let cpu0 = cpu_seconds();
    let mut cluster = Cluster::start(n, base, Duration::from_millis(interval), Duration::from_millis(initial), version).await;
    let spawn_ms = ms(cluster.started.elapsed());
    let join = cluster.converged(n, Duration::from_secs(args.get("join-timeout", 60))).await;
    let join_cpu = cpu_seconds() - cpu0;
    let join_bytes = cluster.transport.0.bytes.load(Relaxed);
    let join_rcvbuf = udp_rcvbuf_errors() - rcvbuf;
    let pairs = cluster.seen_pairs();
    // Let the sampling windows fill a little and the joining traffic end.
    tokio::time::sleep(Duration::from_secs(args.get("settle", 3))).await;
    let counters = cluster.transport.0.clone();
    let drop_permille: u32 = args.get("drop", if lossy { 250 } else { 0 });
    counters.drop_permille.store(drop_permille, Relaxed);
    let (messages0, bytes0, losses0, cpu0, rcvbuf0) =
        (counters.messages.load(Relaxed), counters.bytes.load(Relaxed), cluster.losses(), cpu_seconds(), udp_rcvbuf_errors());
    let from = Instant::now();
    tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
    let took = from.elapsed().as_secs_f64();
    let cpu = cpu_seconds() - cpu0;
    let messages = counters.messages.load(Relaxed) - messages0;
    let bytes = counters.bytes.load(Relaxed) - bytes0;
    let false_positives = cluster.losses() - losses0;
    let rcvbuf_steady = udp_rcvbuf_errors() - rcvbuf0;
    let rss = rss_mib();
    let (spread, detect) = if join.is_some() {
        (cluster.spread(args.get("spread", if lossy { 10 } else { 20 })).await, cluster.detect(args.get("kills", if lossy { 3 } else { 5 })).await)
    } else {
        ("null".into(), "null".into())
    };
    println!(
        "{{\"bench\":\"chitchat-{}\",\"n\":{n},\"version\":{version_code},\"interval_ms\":{interval},\"initial_interval_ms\":{initial},\"drop_permille\":{drop_permille},\"spawn_ms\":{spawn_ms:.0},\"join_ms\":{},\"join_seen_pairs\":{pairs},\"join_cpu_s\":{join_cpu:.2},\"join_bytes\":{join_bytes},\"join_rcvbuf_drops\":{join_rcvbuf},\"steady_s\":{took:.1},\"steady_cpu_s\":{cpu:.2},\"cpu_pct\":{:.1},\"msgs_per_node_s\":{:.1},\"bytes_per_node_s\":{:.0},\"false_positives\":{false_positives},\"rcvbuf_drops\":{rcvbuf_steady},\"send_failures\":{},\"rss_mib\":{rss:.0},\"spread\":{spread},\"detect\":{detect}}}",
        if lossy { "loss" } else { "cluster" },
        join.map_or("null".into(), |j| format!("{j:.0}")),
        cpu / took * 100.0,
        messages as f64 / took / n as f64,
        bytes as f64 / took / n as f64,
        counters.failed.load(Relaxed),
    );
}

// ---------------------------------------------------------------- bulk

fn random_value(len: usize) -> String {
    const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    let mut rng = rand::rng();
    (0..len).map(|_| ALPHABET[rng.random_range(0..64)] as char).collect()
}

async fn bulk(args: &Args) {
    let keys: usize = args.get("keys", 10_000);
    let len: usize = args.get("value-len", 100);
    let version_code: u8 = args.get("version", 0);
    let version = ProtocolVersion::from_code(version_code).unwrap();
    let interval: u64 = args.get("interval", 100);
    let base: u16 = args.get("base", 20_000);
    let every = Duration::from_millis(interval);
    let transport = CountingTransport::default();
    let initial: Vec<(String, String)> = (0..keys).map(|i| (format!("key-{i:07}"), random_value(len))).collect();
    let owner = spawn_chitchat(config(0, None, base, every, every, version, "node-0000".into()), initial, &transport).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let cpu0 = cpu_seconds();
    let started = Instant::now();
    let joiner = spawn_chitchat(config(1, Some(base), base + 1, every, every, version, "node-0001".into()), vec![], &transport).await.unwrap();
    let got = Arc::new(AtomicUsize::new(0));
    let got_clone = got.clone();
    let _listener = joiner
        .chitchat()
        .lock()
        .await
        .subscribe_event("key-", move |_| {
            got_clone.fetch_add(1, Relaxed);
        });
    let timeout = Duration::from_secs(args.get("timeout", 90));
    let mut first = None;
    while got.load(Relaxed) < keys && started.elapsed() < timeout {
        if first.is_none() && got.load(Relaxed) > 0 {
            first = Some(ms(started.elapsed()));
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let took = ms(started.elapsed());
    let done = got.load(Relaxed) >= keys;
    println!(
        "{{\"bench\":\"chitchat-bulk\",\"keys\":{keys},\"value_len\":{len},\"version\":{version_code},\"interval_ms\":{interval},\"done\":{done},\"keys_got\":{},\"ms\":{took:.0},\"first_ms\":{:.0},\"cpu_s\":{:.2},\"messages\":{},\"bytes\":{},\"owner_finished\":{},\"rss_mib\":{:.0}}}",
        got.load(Relaxed),
        first.unwrap_or(-1.0),
        cpu_seconds() - cpu0,
        transport.0.messages.load(Relaxed),
        transport.0.bytes.load(Relaxed),
        tokio::time::timeout(Duration::from_millis(50), owner.termination_watcher()).await.is_ok(),
        rss_mib(),
    );
    drop(joiner);
    drop(owner);
}

// ---------------------------------------------------------------- one node that knows N-1 others

/// Node ids: `short` node-0007 (9 bytes), `typical` quickwit-idx-cb-0007 (20 bytes),
/// `random` searcher- and 11 random characters (20 bytes).
fn node_id(style: &str, i: usize) -> String {
    match style {
        "short" => format!("node-{i:04}"),
        "typical" => format!("quickwit-idx-cb-{i:04}"),
        "random" => {
            // SplitMix64, so that every run gives the same ids.
            let mut z = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let tail: String = format!("{:016x}", z ^ (z >> 31)).chars().take(11).collect();
            format!("searcher-{tail}")
        }
        other => panic!("id style {other}"),
    }
}

/// A node with the ids, heartbeats and key values of `n - 1` others that do not run.
async fn synthetic(n: usize, style: &str, keys_per_node: usize, own_keys: usize, value_len: usize, port: u16, version: ProtocolVersion) -> anyhow::Result<ChitchatHandle> {
    let initial: Vec<(String, String)> = (0..own_keys).map(|i| (format!("key-{i:07}"), random_value(value_len))).collect();
    let never = Duration::from_secs(3600);
    let handle = spawn_chitchat(config(0, None, port, never, Duration::from_secs(5), version, node_id(style, 0)), initial, &CountingTransport::default()).await?;
    let others: Vec<wire::Entry> = (1..n)
        .map(|i| {
            let mut rng = rand::rng();
            let mut e = wire::Entry::v4(&node_id(style, i), 1_763_000_000_000 + rng.random_range(0..86_400_000u64), [10, 0, (i >> 8) as u8, i as u8], 7280);
            e.heartbeat = rng.random_range(300_000..400_000);
            e
        })
        .collect();
    // Heartbeats come in with SYNs of 100 nodes each; keys through the public reset call.
    let raw = tokio::net::UdpSocket::bind("127.0.0.1:0").await?;
    let mut buf = vec![0u8; 65_536];
    for (i, chunk) in others.chunks(100).enumerate() {
        raw.send_to(&wire::syn(version.to_code(), chunk, "bench"), ("127.0.0.1", port)).await?;
        if tokio::time::timeout(Duration::from_millis(500), raw.recv_from(&mut buf)).await.is_err() {
            let ended = tokio::time::timeout(Duration::from_millis(100), handle.termination_watcher()).await;
            anyhow::bail!("no answer any more at {} nodes, node ended: {ended:?}", 1 + i * 100 + chunk.len());
        }
    }
    let chitchat = handle.chitchat();
    let mut guard = chitchat.lock().await;
    for e in &others {
        let port = u16::from_le_bytes(e.addr[5..7].try_into().unwrap());
        let ip: [u8; 4] = e.addr[1..5].try_into().unwrap();
        let id = ChitchatId::new(e.node_id.clone(), e.generation, (ip, port).into());
        let kvs: Vec<(String, VersionedValue)> = (0..keys_per_node)
            .map(|k| (format!("key-{k}"), VersionedValue { value: random_value(value_len), version: k as u64 + 1, status: DeletionStatus::Set }))
            .collect();
        guard.reset_node_state_if_update(&id, kvs.into_iter(), keys_per_node as u64, 0);
    }
    anyhow::ensure!(guard.node_states().len() == n, "{} nodes in state instead of {n}", guard.node_states().len());
    drop(guard);
    Ok(handle)
}

async fn serve(args: &Args) {
    let n: usize = args.get("nodes", 10);
    let version = ProtocolVersion::from_code(args.get("version", 0)).unwrap();
    let port: u16 = args.get("port", 19_000);
    let handle = synthetic(n, &args.get("ids", "short".to_string()), args.get("keys-per-node", 5), args.get("own-keys", 2_000), args.get("value-len", 20), port, version).await.unwrap();
    println!("READY {port} {}", std::process::id());
    let end = tokio::time::timeout(Duration::from_secs(args.get("seconds", 60)), handle.termination_watcher()).await;
    if let Ok(result) = end {
        println!("NODE ENDED {result:?}");
    }
}

/// What a node that knows `n` nodes sends when told to gossip, and what it answers to an empty
/// SYN and to a SYN whose digest lacks `stale` of its keys.
async fn probe(n: usize, style: &str, version_code: u8, keys_per_node: usize, own_keys: usize, port: u16) -> String {
    let version = ProtocolVersion::from_code(version_code).unwrap();
    let handle = match synthetic(n, style, keys_per_node, own_keys, 20, port, version).await {
        Ok(handle) => handle,
        Err(err) => return format!("{{\"n\":{n},\"setup\":{:?}}}", err.to_string().lines().next().unwrap_or_default()),
    };
    let raw = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let mut buf = vec![0u8; 65_536];
    handle.gossip(raw.local_addr().unwrap()).unwrap();
    let wait = Duration::from_millis(700);
    let syn = tokio::time::timeout(wait, raw.recv_from(&mut buf)).await.map(|r| r.unwrap().0);
    raw.send_to(&wire::syn(version_code, &[], "bench"), ("127.0.0.1", port)).await.unwrap();
    let syn_ack = tokio::time::timeout(wait, raw.recv_from(&mut buf)).await.map(|r| r.unwrap().0);
    let ended = tokio::time::timeout(Duration::from_millis(100), handle.termination_watcher()).await;
    let show = |r: &Result<usize, tokio::time::error::Elapsed>| r.as_ref().map_or("null".to_string(), |n| n.to_string());
    let out = format!(
        "{{\"n\":{n},\"syn_bytes\":{},\"syn_ack_bytes\":{},\"node_ended\":{}}}",
        show(&syn),
        show(&syn_ack),
        ended.map_or("false".to_string(), |r| format!("{:?}", format!("{r:?}").lines().next().unwrap_or_default())),
    );
    handle.abort();
    out
}

async fn ceiling(args: &Args) {
    let style: String = args.get("ids", "typical".to_string());
    let version: u8 = args.get("version", 0);
    let keys: usize = args.get("keys-per-node", 5);
    let own: usize = args.get("own-keys", 10);
    let mut port: u16 = args.get("port", 19_100);
    if let Some(list) = args.0.get("at") {
        let mut rows = Vec::new();
        for n in list.split(',') {
            rows.push(probe(n.parse().unwrap(), &style, version, keys, own, port).await);
            port += 1;
        }
        println!("{{\"bench\":\"chitchat-ceiling\",\"version\":{version},\"ids\":\"{style}\",\"keys_per_node\":{keys},\"own_keys\":{own},\"rows\":[{}]}}", rows.join(","));
        return;
    }
    // The largest number of nodes whose SYN and SYN-ACK both leave the node.
    let (mut low, mut high) = (100usize, args.get("high", if version == 0 { 1_700usize } else { 9_000 }));
    let (mut last_good, mut first_bad) = (String::new(), String::new());
    while high - low > 1 {
        let mid = (low + high) / 2;
        let row = probe(mid, &style, version, keys, own, port).await;
        port += 1;
        if row.contains("null") || row.contains("Err") || row.contains("setup") {
            high = mid;
            first_bad = row;
        } else {
            low = mid;
            last_good = row;
        }
    }
    println!("{{\"bench\":\"chitchat-ceiling\",\"version\":{version},\"ids\":\"{style}\",\"keys_per_node\":{keys},\"max_nodes\":{low},\"last_good\":{},\"first_bad\":{}}}", if last_good.is_empty() { "null".into() } else { last_good }, if first_bad.is_empty() { "null".into() } else { first_bad });
}

#[tokio::main]
async fn main() {
    let raw: Vec<String> = std::env::args().skip(1).collect();
    let command = raw.first().cloned().unwrap_or_default();
    let args = Args(raw[1.min(raw.len())..].chunks(2).map(|p| (p[0].trim_start_matches("--").to_string(), p.get(1).cloned().unwrap_or_default())).collect());
    match command.as_str() {
        "cluster" => cluster(&args, false).await,
        "loss" => cluster(&args, true).await,
        "bulk" => bulk(&args).await,
        "serve" => serve(&args).await,
        "ceiling" => ceiling(&args).await,
        _ => eprintln!("chitchat-bench cluster|loss|bulk|serve|ceiling --flag value ... (see README.md)"),
    }
}
