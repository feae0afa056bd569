//! The page at `/`.

use crate::house::house;
use serde_json::json;
use sha2::{Digest as _, Sha256};

#[test]
fn the_status_page_shows_counts_to_anybody_and_names_to_nobody() {
    let house = house();
    let run = house.start_with_people();
    house.post(&format!("{run}/concerns"), json!({"text": "I would rather not say it aloud"}));
    let over = house.start();
    house.post(&format!("{over}/cancel"), json!({"reason": "no sponsor"}));
    let page = house.send("GET", "/", "", "", &[("authorization", "")]);
    assert_eq!((page.status, &*page.kind), (200, "text/html; charset=utf-8"));
    let running = page.text.find(run.rsplit('/').next().unwrap()).unwrap();
    let cancelled = page.text.find(over.rsplit('/').next().unwrap()).unwrap();
    assert!(running < cancelled, "what runs comes first");
    for secret in ["Amara", "amara@", "rather not say", "night shifts", "<script", " style=\""] {
        assert!(!page.text.contains(secret), "{secret}");
    }
    // The one style on the page is the one that the policy lets through.
    let style = page.text.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let digest = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, Sha256::digest(style.as_bytes()));
    assert!(page.policy.contains(&format!("style-src 'sha256-{digest}'")), "{}", page.policy);
}
