//! What templates can call: links, words, French dates, numbers and sizes.

use std::collections::BTreeMap;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::Strings;
use crate::french::{self, Lang, Units, When};
use crate::urls::{Url, join};

/// Gives Tera the filters and functions of the theme author's reference.
///
/// - `{{ card.url | href }}`: an address of the site as a link from this page.
/// - `{{ asset(path="css/site.css") }}`: where a file of the theme is.
/// - `{{ t(key="menu") }}`: a word of `i18n/`, in the page's language; `{n}` in it is replaced by `n=`.
/// - `date_fr`, `periode_fr`, `nombre_fr`, `taille_fr`: dates in EDTF, numbers, sizes in bytes as readers write them.
/// - `absolu`: a full public address. `ancre`: the slug of a text.
pub(super) fn register(tera: &mut Tera, strings: &Strings, assets: &BTreeMap<String, Url>) {
    tera.register_filter("href", |address: &str, _: Kwargs, state: &State| -> TeraResult<String> {
        Ok(with_root(state, |root| join(root, address)))
    });
    let known = assets.clone();
    tera.register_function("asset", move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
        let path = kwargs.must_get::<&str>("path")?;
        let url = known.get(path).ok_or_else(|| Error::message(format!("the theme has no file « {path} »")))?;
        Ok(with_root(state, |root| join(root, url.as_str())))
    });
    let words = strings.clone();
    tera.register_function("t", move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
        let key = kwargs.must_get::<&str>("key")?;
        let found = with_language(state, |language| words.find(language, key).map(str::to_owned));
        let known = found.or_else(|| words.knows(key).then(|| key.to_owned()));
        let Some(mut word) = known else { return Err(Error::message(format!("i18n has no word « {key} »"))) };
        if !word.contains('{') {
            return Ok(word);
        }
        for name in ["n", "x", "y"] {
            if let Some(value) = kwargs.get::<Value>(name)? {
                word = word.replace(&format!("{{{name}}}"), &value.to_string());
            }
        }
        Ok(word)
    });
    tera.register_filter("date_fr", |text: &str, kwargs: Kwargs, state: &State| -> TeraResult<String> {
        let when = when(text)?;
        let lang = lang(state);
        Ok(if kwargs.get::<bool>("jour")?.unwrap_or(false) { when.with_weekday(lang) } else { when.long(lang) })
    });
    tera.register_filter("periode_fr", |text: &str, _: Kwargs, state: &State| -> TeraResult<String> {
        Ok(when(text)?.adverbial(lang(state)))
    });
    tera.register_filter("nombre_fr", |number: f64, _: Kwargs, state: &State| french::number(number, lang(state)));
    tera.register_filter("taille_fr", |bytes: u64, kwargs: Kwargs, state: &State| -> TeraResult<String> {
        let units = if kwargs.get::<bool>("decimal")?.unwrap_or(false) { Units::Decimal } else { Units::Binary };
        Ok(french::size(bytes, units, lang(state)))
    });
    tera.register_filter("ancre", |text: &str, _: Kwargs, _: &State| french::slug(text).unwrap_or_default());
}

/// Hands over what links begin with on this page.
fn with_root<T>(state: &State, work: impl FnOnce(&str) -> T) -> T {
    let root = state.get::<Value>("root").ok().flatten();
    work(root.as_ref().and_then(Value::as_str).unwrap_or_default())
}

/// Hands over the tag of the page's language.
fn with_language<T>(state: &State, work: impl FnOnce(&str) -> T) -> T {
    let language = state.get::<Value>("lang").ok().flatten();
    work(language.as_ref().and_then(Value::as_str).unwrap_or("fr"))
}

fn lang(state: &State) -> Lang {
    with_language(state, |language| french::Locale::from_tag(language).lang())
}

fn when(text: &str) -> TeraResult<When> {
    When::parse(text).map_err(|_| Error::message(format!("« {text} » is not a date")))
}
