//! What follows the question mark.

use super::Fault;
use crate::ServerLimits;
use axum::{extract::FromRequestParts, http::request::Parts};
use serde::{Deserialize, de::DeserializeOwned};
use turnabout_live::views::Page;
use utoipa::IntoParams;

/// The query of a request. A field that the operation does not know is refused.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query.map(|axum::extract::Query(fields)| Self(fields)).map_err(|rejection| {
            let hint = "Look at the operation's parameters in /api/v1/openapi.json.";
            Fault::bad_request("request::query", rejection.body_text(), hint)
        })
    }
}

/// Which page of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// The `next` of the page before; nothing for the first page.
    pub(crate) after: Option<String>,
    /// How many items at most.
    #[param(minimum = 1, maximum = 500)]
    pub(crate) limit: Option<usize>,
}

/// A page's place in a list that counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct After {
    pub(crate) after: u64,
    pub(crate) limit: usize,
}

impl PageQuery {
    /// How many items, within the limits.
    pub(crate) fn limit(&self, limits: &ServerLimits) -> Result<usize, Fault> {
        let most = limits.page_items_most;
        match self.limit.unwrap_or(limits.page_items) {
            0 => Err(Fault::bad_request("request::query", "limit: a page has at least 1 item", "Leave it out.")),
            limit if limit > most => {
                let detail = format!("limit: a page has at most {most} items");
                Err(Fault::bad_request("request::query", detail, "Ask for several pages."))
            }
            limit => Ok(limit),
        }
    }

    /// The place in a list whose cursors are numbers.
    pub(crate) fn counted(&self, limits: &ServerLimits) -> Result<After, Fault> {
        let after = match &self.after {
            None => 0,
            Some(text) => text.parse().map_err(|_| {
                let detail =
                    format!("after: '{}' is no cursor of this list", text.chars().take(60).collect::<String>());
                Fault::bad_request("live::bad_cursor", detail, "Pass the 'next' of the page before, or nothing.")
            })?,
        };
        Ok(After { after, limit: self.limit(limits)? })
    }
}

/// Cuts a page out of a list in memory.
pub(crate) fn page_of<T>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> u32, place: After) -> Page<T> {
    Page::cut(items, |item| u64::from(key(item)), place.after, place.limit)
}
