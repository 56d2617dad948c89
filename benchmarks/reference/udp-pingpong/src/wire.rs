// SPDX-License-Identifier: Apache-2.0
//! The few pieces of the chitchat wire format (protocol versions 0 and 1) that the benchmarks
//! need: header, digest, cluster id. Own code, written from the format; no chitchat dependency.

pub const MAGIC: u16 = 45_139;
pub const SYN: u8 = 0;
pub const SYN_ACK: u8 = 1;
pub const ACK: u8 = 2;
pub const BAD_CLUSTER: u8 = 3;
const BLOCK: usize = 16_384;

#[derive(Clone, Debug)]
pub struct Entry {
    pub node_id: String,
    pub generation: u64,
    /// IP version byte, address octets, port (LE): kept verbatim.
    pub addr: Vec<u8>,
    pub heartbeat: u64,
    pub gc_version: u64,
    pub max_version: u64,
}

impl Entry {
    pub fn v4(node_id: &str, generation: u64, ip: [u8; 4], port: u16) -> Entry {
        let mut addr = vec![4u8];
        addr.extend(ip);
        addr.extend(port.to_le_bytes());
        Entry { node_id: node_id.into(), generation, addr, heartbeat: 1, gc_version: 0, max_version: 0 }
    }

    fn put(&self, out: &mut Vec<u8>) {
        out.extend((self.node_id.len() as u16).to_le_bytes());
        out.extend(self.node_id.as_bytes());
        out.extend(self.generation.to_le_bytes());
        out.extend(&self.addr);
        out.extend(self.heartbeat.to_le_bytes());
        out.extend(self.gc_version.to_le_bytes());
        out.extend(self.max_version.to_le_bytes());
    }
}

fn take<'a>(buf: &mut &'a [u8], n: usize) -> Result<&'a [u8], String> {
    if buf.len() < n {
        return Err(format!("short buffer: want {n}, have {}", buf.len()));
    }
    let (head, tail) = buf.split_at(n);
    *buf = tail;
    Ok(head)
}
fn u16le(buf: &mut &[u8]) -> Result<u16, String> {
    Ok(u16::from_le_bytes(take(buf, 2)?.try_into().unwrap()))
}
fn u64le(buf: &mut &[u8]) -> Result<u64, String> {
    Ok(u64::from_le_bytes(take(buf, 8)?.try_into().unwrap()))
}

fn entry(buf: &mut &[u8]) -> Result<Entry, String> {
    let n = u16le(buf)? as usize;
    let node_id = String::from_utf8(take(buf, n)?.to_vec()).map_err(|e| e.to_string())?;
    let generation = u64le(buf)?;
    let ip_len = match buf.first() {
        Some(4) => 4,
        Some(6) => 16,
        other => return Err(format!("ip version {other:?}")),
    };
    let addr = take(buf, 1 + ip_len + 2)?.to_vec();
    Ok(Entry { node_id, generation, addr, heartbeat: u64le(buf)?, gc_version: u64le(buf)?, max_version: u64le(buf)? })
}

/// Decodes a tagged block stream (0 end, 1 zstd block, 2 plain block) into the plain bytes.
pub fn read_blocks(buf: &mut &[u8]) -> Result<Vec<u8>, String> {
    let mut plain = Vec::new();
    loop {
        match take(buf, 1)?[0] {
            0 => return Ok(plain),
            1 => {
                let n = u16le(buf)? as usize;
                let block = zstd::bulk::decompress(take(buf, n)?, u16::MAX as usize).map_err(|e| e.to_string())?;
                plain.extend(block);
            }
            2 => {
                let n = u16le(buf)? as usize;
                plain.extend(take(buf, n)?);
            }
            t => return Err(format!("block tag {t}")),
        }
    }
}

pub fn write_blocks(plain: &[u8], out: &mut Vec<u8>) {
    let mut scratch = vec![0u8; BLOCK];
    for block in plain.chunks(BLOCK) {
        match zstd::bulk::compress_to_buffer(block, &mut scratch[..block.len()], 0) {
            Ok(n) => {
                out.push(1);
                out.extend((n as u16).to_le_bytes());
                out.extend(&scratch[..n]);
            }
            Err(_) => {
                out.push(2);
                out.extend((block.len() as u16).to_le_bytes());
                out.extend(block);
            }
        }
    }
    out.push(0);
}

pub fn digest(version: u8, entries: &[Entry], out: &mut Vec<u8>) {
    if version == 0 {
        out.extend((entries.len() as u16).to_le_bytes());
        for e in entries {
            e.put(out);
        }
    } else {
        let mut plain = Vec::new();
        for e in entries {
            e.put(&mut plain);
        }
        write_blocks(&plain, out);
    }
}

pub fn parse_digest(version: u8, buf: &mut &[u8]) -> Result<Vec<Entry>, String> {
    let mut entries = Vec::new();
    if version == 0 {
        for _ in 0..u16le(buf)? {
            entries.push(entry(buf)?);
        }
    } else {
        let plain = read_blocks(buf)?;
        let mut cursor = &plain[..];
        while !cursor.is_empty() {
            entries.push(entry(&mut cursor)?);
        }
    }
    Ok(entries)
}

pub fn header(version: u8, kind: u8) -> Vec<u8> {
    let mut out = MAGIC.to_le_bytes().to_vec();
    out.push(version);
    out.push(kind);
    out
}

pub fn syn(version: u8, entries: &[Entry], cluster_id: &str) -> Vec<u8> {
    let mut out = header(version, SYN);
    digest(version, entries, &mut out);
    out.extend((cluster_id.len() as u16).to_le_bytes());
    out.extend(cluster_id.as_bytes());
    out
}

/// An ACK with an empty delta.
pub fn empty_ack(version: u8) -> Vec<u8> {
    let mut out = header(version, ACK);
    out.push(0);
    out
}

/// Returns (version, type, rest) of a datagram.
pub fn open(datagram: &[u8]) -> Result<(u8, u8, &[u8]), String> {
    if datagram.len() < 4 || datagram[..2] != MAGIC.to_le_bytes() {
        return Err("not a chitchat datagram".into());
    }
    Ok((datagram[2], datagram[3], &datagram[4..]))
}
