//! A stop is clean: what is under way is finished and answered, and the folder is free afterwards.

use crate::house::{TOKEN, house};
use serde_json::json;
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::mpsc,
    thread,
};
use turnabout_store::SledStore;

#[test]
fn a_request_under_way_is_answered_and_durable() {
    let mut house = house();
    let server = house.server.take().unwrap();
    let address = server.address();
    let body = json!({"template": "small", "client": "acme"}).to_string();
    let head = format!(
        "POST /api/v1/runs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    // The interim answer says that the handler has begun to read the body.
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).unwrap();
    assert!(interim.starts_with(b"HTTP/1.1 100 Continue"), "{interim:?}");
    let (told, stopped) = mpsc::channel();
    let stopping = thread::spawn(move || {
        let ended = server.stop();
        told.send(()).unwrap();
        ended
    });
    // No new connection is taken once it stops; until then this goes on.
    while TcpStream::connect(address).is_ok_and(|mut probe| {
        let asked = probe.write_all(b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        asked.is_ok() && probe.read(&mut [0; 16]).is_ok_and(|read| read > 0)
    }) {}
    assert!(stopped.try_recv().is_err(), "it waits for the request under way");
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    stopping.join().unwrap().unwrap();
    // The folder is free, and the run is in it.
    drop(SledStore::open(house.folder.path()).unwrap());
    let location = answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().to_owned();
    house.server = None;
    let again = house.reopened();
    assert_eq!(again.get(&location).status, 200);
}
