// SPDX-License-Identifier: Apache-2.0

//! Runs one node of the `chitchat` crate under the control of a test harness.
//!
//! ```text
//! chitchat-peer --node-id ID --listen HOST:PORT [--generation N] [--advertise HOST:PORT]
//!     [--cluster-id C] [--seed HOST:PORT]... [--interval-ms N] [--protocol v0|v1]
//!     [--deletion-grace-ms N] [--dead-grace-ms N] [--initial-interval-ms N] [--phi F]
//!     [--set KEY=VALUE]... [--time real|virtual]
//! ```
//!
//! The first line on stdout is `{"ready":true,"node_id":..,"listen":..}`, or `{"error":..}` followed
//! by exit code 1. After that every line on stdin is one JSON command and gets one JSON line back:
//!
//! ```text
//! {"cmd":"set","key":K,"value":V}              {"ok":true,"max_version":N}
//! {"cmd":"set_with_ttl","key":K,"value":V}     the same
//! {"cmd":"delete","key":K}                     the same
//! {"cmd":"delete_after_ttl","key":K}           the same
//! {"cmd":"fill","prefix":P,"count":N,"bytes":B,"seed":S}    the same; seed defaults to 0
//! {"cmd":"get","node_id":I,"key":K,"generation_id":G}       {"visible":BOOL,"entry":ENTRY|null}
//! {"cmd":"view"}           {"self":ID,"live":[ID..],"dead":[ID..],"nodes":[{"id":ID,..,"keys":{K:ENTRY}}]}
//! {"cmd":"summary"}        as view, but "key_count", "tombstone_count" and "hash" for "keys"
//! {"cmd":"gossip","to":"HOST:PORT"}            {"ok":true}
//! {"cmd":"subscribe","prefix":P}               {"ok":true}
//! {"cmd":"events"}         {"events":[{"prefix":P,"key":K,"value":V,"node":ID}..]}
//! {"cmd":"receive","from":"HOST:PORT","hex":H}  {"sent":[{"to":"HOST:PORT","hex":H}..]}
//! {"cmd":"advance","ms":N,"times":N}           the same; times defaults to 1
//! {"cmd":"alive"}          {"alive":true} or {"alive":false,"error":TEXT|null}
//! {"cmd":"shutdown"}       {"ok":true}, then exit code 0
//! ```
//!
//! ID is `{"node_id":..,"generation_id":..,"gossip_advertise_addr":..}` and ENTRY is
//! `{"value":..,"version":..,"status":"Set"|"Delete"|"DeleteAfterTtl"}`. A command that cannot be
//! done gets `{"error":TEXT}` and changes nothing, unless the crate itself panicked. The end of
//! stdin ends the program. README.md has the details.

mod laboratory;

use std::io::{BufRead, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;
use std::str::FromStr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Error, Result, bail, ensure};
use chitchat::transport::UdpTransport;
use chitchat::{
    Chitchat, ChitchatConfig, ChitchatHandle, ChitchatId, FailureDetectorConfig, ListenerHandle,
    NodeState, ProtocolVersion, spawn_chitchat,
};
use laboratory::{Laboratory, Sent};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::runtime::{Builder, Runtime};

#[derive(Deserialize)]
#[serde(tag = "cmd", rename_all = "snake_case", deny_unknown_fields)]
enum Command {
    Set {
        key: String,
        value: String,
    },
    SetWithTtl {
        key: String,
        value: String,
    },
    Delete {
        key: String,
    },
    DeleteAfterTtl {
        key: String,
    },
    Fill {
        prefix: String,
        count: u64,
        bytes: usize,
        #[serde(default)]
        seed: u64,
    },
    Get {
        node_id: String,
        key: String,
        generation_id: Option<u64>,
    },
    View {},
    Summary {},
    Gossip {
        to: String,
    },
    Subscribe {
        prefix: String,
    },
    Events {},
    Receive {
        from: String,
        hex: String,
    },
    Advance {
        ms: u64,
        #[serde(default = "once")]
        times: u64,
    },
    Alive {},
    Shutdown {},
}

fn once() -> u64 {
    1
}

/// The node and what belongs to it.
struct Peer {
    runtime: Runtime,
    handle: ChitchatHandle,
    laboratory: Option<Laboratory>,
    events: Arc<Mutex<Vec<Value>>>,
    listeners: Vec<ListenerHandle>,
}

impl Peer {
    fn start(start: Start) -> Result<Peer> {
        let Start {
            config,
            key_values,
            virtual_time,
        } = start;
        let laboratory = virtual_time.then(Laboratory::new).transpose()?;
        let (runtime, handle) = match &laboratory {
            Some(laboratory) => {
                let runtime = Laboratory::runtime()?;
                let transport = laboratory.transport();
                let handle = runtime.block_on(spawn_chitchat(config, key_values, &transport))?;
                (runtime, handle)
            }
            None => {
                let runtime = Builder::new_multi_thread()
                    .worker_threads(2)
                    .enable_all()
                    .build()?;
                let handle = runtime.block_on(spawn_chitchat(config, key_values, &UdpTransport))?;
                (runtime, handle)
            }
        };
        Ok(Peer {
            runtime,
            handle,
            laboratory,
            events: Arc::default(),
            listeners: Vec::new(),
        })
    }

    fn execute(&mut self, command: Command) -> Result<Value> {
        match command {
            Command::Set { key, value } => self.change(|own| own.set(key, value)),
            Command::SetWithTtl { key, value } => self.change(|own| own.set_with_ttl(key, value)),
            Command::Delete { key } => self.change(|own| own.delete(&key)),
            Command::DeleteAfterTtl { key } => self.change(|own| own.delete_after_ttl(&key)),
            Command::Fill {
                prefix,
                count,
                bytes,
                seed,
            } => {
                let mut random = SplitMix64(seed);
                self.change(|own| {
                    for i in 0..count {
                        own.set(format!("{prefix}{i:06}"), random.printable(bytes));
                    }
                })
            }
            Command::Get {
                node_id,
                key,
                generation_id,
            } => self.get(&node_id, generation_id, &key),
            Command::View {} => Ok(self.nodes(node_with_keys)),
            Command::Summary {} => Ok(self.nodes(node_with_hash)),
            Command::Gossip { to } => {
                self.handle.gossip(resolve(&to)?)?;
                Ok(json!({"ok": true}))
            }
            Command::Subscribe { prefix } => {
                self.subscribe(prefix);
                Ok(json!({"ok": true}))
            }
            Command::Events {} => {
                let events = std::mem::take(&mut *self.events.lock().unwrap());
                Ok(json!({"events": events}))
            }
            Command::Receive { from, hex } => {
                let (from, datagram) = (resolve(&from)?, bytes(&hex)?);
                let sent = self.laboratory()?.receive(&self.runtime, from, &datagram)?;
                Ok(letters(&sent))
            }
            Command::Advance { ms, times } => {
                let mut sent = Vec::new();
                for _ in 0..times {
                    let time = Duration::from_millis(ms);
                    sent.extend(self.laboratory()?.step(&self.runtime, time)?);
                }
                Ok(letters(&sent))
            }
            Command::Alive {} => Ok(self.alive()),
            Command::Shutdown {} => unreachable!("handled by the command loop"),
        }
    }

    fn laboratory(&self) -> Result<&Laboratory> {
        self.laboratory.as_ref().context("needs --time virtual")
    }

    fn with_chitchat<T>(&self, read: impl FnOnce(&mut Chitchat) -> T) -> T {
        let _clock = self.runtime.enter(); // which writes read
        read(&mut self.handle.chitchat().blocking_lock())
    }

    fn change(&self, change: impl FnOnce(&mut NodeState)) -> Result<Value> {
        self.with_chitchat(|chitchat| {
            let own = chitchat.self_node_state();
            change(own);
            Ok(json!({"ok": true, "max_version": own.max_version()}))
        })
    }

    /// Without a generation the latest one of the node is read.
    fn get(&self, node_id: &str, generation_id: Option<u64>, key: &str) -> Result<Value> {
        self.with_chitchat(|chitchat| {
            let state = chitchat
                .node_states()
                .values()
                .filter(|state| *state.chitchat_id().node_id == *node_id)
                .filter(|state| {
                    generation_id.is_none_or(|wanted| state.chitchat_id().generation_id == wanted)
                })
                .max_by_key(|state| state.chitchat_id().generation_id);
            Ok(json!({
                "visible": state.is_some_and(|state| state.contains_key(key)),
                "entry": state.and_then(|state| state.get_versioned(key)),
            }))
        })
    }

    fn nodes(&self, describe: fn(&NodeState) -> Value) -> Value {
        let sorted = |mut ids: Vec<&ChitchatId>| {
            ids.sort();
            json!(ids)
        };
        self.with_chitchat(|chitchat| {
            json!({
                "self": chitchat.self_chitchat_id(),
                "live": sorted(chitchat.live_nodes().collect()),
                "dead": sorted(chitchat.dead_nodes().collect()),
                "nodes": chitchat.node_states().values().map(describe).collect::<Vec<_>>(),
            })
        })
    }

    fn subscribe(&mut self, prefix: String) {
        let events = self.events.clone();
        let listener = self.with_chitchat(|chitchat| {
            chitchat.subscribe_event(prefix.clone(), move |event| {
                events.lock().unwrap().push(json!({
                    "prefix": prefix,
                    "key": event.key,
                    "value": event.value,
                    "node": event.node,
                }));
            })
        });
        self.listeners.push(listener);
    }

    fn alive(&self) -> Value {
        let ended = self.runtime.block_on(async {
            tokio::time::timeout(Duration::ZERO, self.handle.termination_watcher()).await
        });
        match ended {
            Err(_) => json!({"alive": true}),
            Ok(result) => {
                json!({"alive": false, "error": result.err().map(|error| error.to_string())})
            }
        }
    }

    fn shutdown(self) -> Result<()> {
        self.runtime.block_on(self.handle.shutdown())
    }
}

fn node_with_keys(state: &NodeState) -> Value {
    let keys: Map<String, Value> = state
        .key_values_including_deleted()
        .map(|(key, entry)| (key.to_string(), json!(entry)))
        .collect();
    json!({
        "id": state.chitchat_id(),
        "heartbeat": u64::from(state.heartbeat()),
        "max_version": state.max_version(),
        "last_gc_version": state.last_gc_version(),
        "keys": keys,
    })
}

fn node_with_hash(state: &NodeState) -> Value {
    let visible = state.num_key_values();
    json!({
        "id": state.chitchat_id(),
        "heartbeat": u64::from(state.heartbeat()),
        "max_version": state.max_version(),
        "last_gc_version": state.last_gc_version(),
        "key_count": visible,
        "tombstone_count": state.key_values_including_deleted().count() - visible,
        "hash": format!("{:016x}", hash(state)),
    })
}

/// FNV-1a with 64 bits over key, 0xff, value, 0xff of all visible entries, in byte order of the keys.
fn hash(state: &NodeState) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in state.key_values().flat_map(|(key, value)| [key, value]) {
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

fn letters(sent: &[Sent]) -> Value {
    let letter = |(to, datagram): &Sent| {
        let hex: String = datagram.iter().map(|byte| format!("{byte:02x}")).collect();
        json!({"to": to, "hex": hex})
    };
    json!({"sent": sent.iter().map(letter).collect::<Vec<_>>()})
}

fn bytes(hex: &str) -> Result<Vec<u8>> {
    ensure!(hex.is_ascii() && hex.len().is_multiple_of(2), "not hex");
    (0..hex.len())
        .step_by(2)
        .map(|at| Ok(u8::from_str_radix(&hex[at..at + 2], 16)?))
        .collect()
}

struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One number per character, which is one of the 94 from `!` to `~`.
    fn printable(&mut self, bytes: usize) -> String {
        (0..bytes)
            .map(|_| (b'!' + (self.next() % 94) as u8) as char)
            .collect()
    }
}

fn resolve(address: &str) -> Result<SocketAddr> {
    address
        .to_socket_addrs()
        .with_context(|| format!("address {address}"))?
        .next()
        .with_context(|| format!("no address for {address}"))
}

/// What the arguments ask for.
struct Start {
    config: ChitchatConfig,
    key_values: Vec<(String, String)>,
    virtual_time: bool,
}

fn parse_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Start> {
    fn parse<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(value: &str) -> Result<T> {
        value.parse().with_context(|| format!("value {value}"))
    }
    let millis = |value: &str| parse(value).map(Duration::from_millis);

    let (mut node_id, mut generation_id, mut listen, mut advertise) = (None, 1, None, None);
    let mut cluster_id = "interop".to_string();
    let (mut seed_nodes, mut key_values) = (Vec::new(), Vec::new());
    let mut gossip_interval = Duration::from_millis(100);
    let mut protocol_version = ProtocolVersion::V0;
    let mut deletion_grace = Duration::from_secs(3600);
    let mut detector = FailureDetectorConfig::default();
    let mut virtual_time = false;

    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        let mut apply = || -> Result<()> {
            match name.as_str() {
                "--node-id" => node_id = Some(value.clone()),
                "--generation" => generation_id = parse(&value)?,
                "--listen" => listen = Some(resolve(&value)?),
                "--advertise" => advertise = Some(resolve(&value)?),
                "--cluster-id" => cluster_id = value.clone(),
                "--seed" => seed_nodes.push(value.clone()),
                "--interval-ms" => gossip_interval = millis(&value)?,
                "--protocol" => {
                    protocol_version = match value.as_str() {
                        "v0" => ProtocolVersion::V0,
                        "v1" => ProtocolVersion::V1,
                        _ => bail!("neither v0 nor v1"),
                    }
                }
                "--deletion-grace-ms" => deletion_grace = millis(&value)?,
                "--dead-grace-ms" => detector.dead_node_grace_period = millis(&value)?,
                "--initial-interval-ms" => detector.initial_interval = millis(&value)?,
                "--phi" => detector.phi_threshold = parse(&value)?,
                "--time" => {
                    virtual_time = match value.as_str() {
                        "real" => false,
                        "virtual" => true,
                        _ => bail!("neither real nor virtual"),
                    }
                }
                "--set" => {
                    let (key, value) = value.split_once('=').context("not KEY=VALUE")?;
                    key_values.push((key.to_string(), value.to_string()));
                }
                _ => bail!("unknown option"),
            }
            Ok(())
        };
        apply().with_context(|| name.clone())?;
    }

    let listen_addr = listen.context("--listen is missing")?;
    ensure!(listen_addr.port() != 0, "--listen needs a fixed port");
    ensure!(!gossip_interval.is_zero(), "--interval-ms must not be 0");
    let config = ChitchatConfig {
        chitchat_id: ChitchatId::new(
            node_id.context("--node-id is missing")?,
            generation_id,
            advertise.unwrap_or(listen_addr),
        ),
        cluster_id,
        gossip_interval,
        listen_addr,
        seed_nodes,
        failure_detector_config: detector,
        marked_for_deletion_grace_period: deletion_grace,
        catchup_callback: None,
        extra_liveness_predicate: None,
        protocol_version,
    };
    Ok(Start {
        config,
        key_values,
        virtual_time,
    })
}

/// Runs `work` and turns a panic, which the crate is capable of, into an error.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no text");
        bail!("panic: {text}")
    })
}

fn print(line: Value) {
    let mut stdout = std::io::stdout().lock();
    let written = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
    if written.is_err() {
        exit(1); // Nobody listens any more.
    }
}

fn error_line(error: &Error) -> Value {
    json!({"error": format!("{error:#}")})
}

/// Prints the last line of the program and ends it.
fn finish(result: Result<()>) -> ! {
    print(
        result
            .as_ref()
            .map_or_else(error_line, |()| json!({"ok": true})),
    );
    exit(i32::from(result.is_err()))
}

fn main() {
    let started = guarded(|| {
        let start = parse_arguments(std::env::args().skip(1))?;
        let ready = json!({
            "ready": true,
            "node_id": start.config.chitchat_id.node_id,
            "listen": start.config.listen_addr,
        });
        Ok((Peer::start(start)?, ready))
    });
    let mut peer = match started {
        Ok((peer, ready)) => {
            print(ready);
            peer
        }
        Err(error) => finish(Err(error)),
    };

    let mut stdin = std::io::stdin().lock();
    let mut line = Vec::new();
    while stdin
        .read_until(b'\n', &mut line)
        .is_ok_and(|length| length > 0)
    {
        let answer = match serde_json::from_slice(&line) {
            Ok(Command::Shutdown {}) => finish(guarded(|| peer.shutdown())),
            Ok(command) => guarded(|| peer.execute(command)),
            Err(error) => Err(error.into()),
        };
        print(answer.unwrap_or_else(|error| error_line(&error)));
        line.clear();
    }
    exit(0);
}
