// SPDX-License-Identifier: Apache-2.0

//! A node without clock and network: time passes and datagrams arrive when the harness says so.
//!
//! The runtime's clock is stopped, and the node's socket is a pair of queues. What the crate does
//! not publish is how messages become bytes, but its UDP socket does just that. So a message takes
//! a hop over the loopback, on a runtime of its own, to be encoded or decoded.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Poll, Waker};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use async_trait::async_trait;
use chitchat::ChitchatEnvelope;
use chitchat::transport::{RecvOutcome, SendOutcome, Socket, Transport, UdpSocket};
use tokio::runtime::{Builder, Runtime};

/// More than any step of the node needs.
const MOST_TURNS: usize = 1_000;
const MOST_DATAGRAM_BYTES: usize = 65_535;
const PATIENCE: Duration = Duration::from_secs(5);

/// The node's surroundings, as the harness moves them.
pub struct Laboratory {
    mailbox: Mailbox,
    codec: Codec,
}

/// A datagram that the node sent, and to whom.
pub type Sent = (SocketAddr, Vec<u8>);

impl Laboratory {
    pub fn new() -> Result<Laboratory> {
        Ok(Laboratory {
            mailbox: Mailbox::default(),
            codec: Codec::open()?,
        })
    }

    /// A runtime whose clock stands still until it is told to move.
    pub fn runtime() -> Result<Runtime> {
        Ok(Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()?)
    }

    pub fn transport(&self) -> impl Transport {
        self.mailbox.clone()
    }

    /// Lets a datagram arrive; returns what the node sent because of it.
    pub fn receive(
        &self,
        runtime: &Runtime,
        from: SocketAddr,
        datagram: &[u8],
    ) -> Result<Vec<Sent>> {
        let outcome = RecvOutcome {
            from_addr: from,
            envelope: self.codec.decode(datagram)?,
            num_bytes_received: datagram.len(),
        };
        self.mailbox.lock().inbox.push_back(outcome);
        self.step(runtime, Duration::ZERO)
    }

    /// Lets time pass; returns what the node sent meanwhile.
    pub fn step(&self, runtime: &Runtime, time: Duration) -> Result<Vec<Sent>> {
        runtime.block_on(async {
            if !time.is_zero() {
                tokio::time::advance(time).await;
            }
            self.mailbox.settle().await
        })?;
        let outbox = std::mem::take(&mut self.mailbox.lock().outbox);
        outbox
            .into_iter()
            .map(|(to, envelope)| Ok((to, self.codec.encode(envelope)?)))
            .collect()
    }
}

#[derive(Default)]
struct Queues {
    inbox: VecDeque<RecvOutcome>,
    outbox: Vec<(SocketAddr, ChitchatEnvelope)>,
    /// Wakes the node, which waits for a message or for the next round; present only while it does.
    waiting: Option<Waker>,
}

#[derive(Clone, Default)]
struct Mailbox(Arc<Mutex<Queues>>);

impl Mailbox {
    fn lock(&self) -> MutexGuard<'_, Queues> {
        self.0.lock().unwrap()
    }

    /// Returns when the node has done everything that is due. Everything runs on this thread, and
    /// never does all of it wait, or the runtime would move the clock by itself.
    async fn settle(&self) -> Result<()> {
        let mut quiet = 0;
        for _ in 0..MOST_TURNS {
            // Woken twice in vain, it has neither mail nor a round to do.
            match self.lock().waiting.take() {
                Some(waker) => {
                    quiet += 1;
                    waker.wake();
                }
                None => quiet = 0,
            }
            if quiet > 2 {
                return Ok(());
            }
            tokio::task::yield_now().await;
        }
        anyhow::bail!("the gossip task has ended or is stuck")
    }
}

#[async_trait]
impl Transport for Mailbox {
    async fn open(&self, _: SocketAddr) -> Result<Box<dyn Socket>> {
        Ok(Box::new(self.clone()))
    }
}

#[async_trait]
impl Socket for Mailbox {
    fn local_addr(&self) -> Result<SocketAddr> {
        Ok(SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    async fn send(&mut self, to: SocketAddr, envelope: ChitchatEnvelope) -> Result<SendOutcome> {
        self.lock().outbox.push((to, envelope));
        Ok(SendOutcome { num_bytes_sent: 0 })
    }

    async fn recv(&mut self) -> Result<RecvOutcome> {
        poll_fn(|context| {
            let mut queues = self.lock();
            match queues.inbox.pop_front() {
                Some(outcome) => Poll::Ready(Ok(outcome)),
                None => {
                    queues.waiting = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}

/// The crate's own encoder and decoder.
struct Codec {
    runtime: Runtime,
    inner: tokio::sync::Mutex<UdpSocket>,
    inner_addr: SocketAddr,
    outer: std::net::UdpSocket,
    outer_addr: SocketAddr,
}

impl Codec {
    fn open() -> Result<Codec> {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let inner = runtime.block_on(UdpSocket::open(any))?;
        let outer = std::net::UdpSocket::bind(any)?;
        outer.set_read_timeout(Some(PATIENCE))?;
        Ok(Codec {
            inner_addr: inner.local_addr()?,
            outer_addr: outer.local_addr()?,
            inner: tokio::sync::Mutex::new(inner),
            outer,
            runtime,
        })
    }

    fn decode(&self, datagram: &[u8]) -> Result<ChitchatEnvelope> {
        self.outer.send_to(datagram, self.inner_addr)?;
        self.runtime.block_on(async {
            let mut inner = self.inner.lock().await;
            let outcome = tokio::time::timeout(PATIENCE, inner.recv())
                .await
                .context("the crate cannot decode it")??;
            Ok(outcome.envelope)
        })
    }

    fn encode(&self, envelope: ChitchatEnvelope) -> Result<Vec<u8>> {
        self.runtime.block_on(async {
            let mut inner = self.inner.lock().await;
            inner.send(self.outer_addr, envelope).await
        })?;
        let mut datagram = vec![0; MOST_DATAGRAM_BYTES];
        let (length, from) = self.outer.recv_from(&mut datagram)?;
        ensure!(from == self.inner_addr, "a foreign datagram");
        datagram.truncate(length);
        Ok(datagram)
    }
}
