//! What templates can call: links, words, French dates, numbers and sizes.

use std::collections::BTreeMap;

use tera::{Error, Kwargs, State, Tera, TeraResult};

use super::Strings;
use crate::french::{self, Lang, Units, When};
use crate::urls::{Base, Url};

/// Gives Tera the filters and functions of the theme author's reference.
///
/// - `{{ card.url | href }}`: an address of the site as a link from this page.
/// - `{{ asset(path="css/site.css") }}`: where a file of the theme is.
/// - `{{ t(key="menu") }}`: a word of `i18n/`, in the page's language; `{n}` in it is replaced by `n=`.
/// - `date_fr`, `periode_fr`, `nombre_fr`, `taille_fr`: dates in EDTF, numbers, sizes in bytes as readers write them.
/// - `absolu`: a full public address. `ancre`: the slug of a text.
pub(super) fn register(tera: &mut Tera, strings: &Strings, assets: &BTreeMap<String, Url>) {
    tera.register_filter("href", |address: &str, _: Kwargs, state: &State| -> TeraResult<String> {
        Ok(base(state)?.join(address))
    });
    let known = assets.clone();
    tera.register_function("asset", move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
        let path = kwargs.must_get::<&str>("path")?;
        let url = known.get(path).ok_or_else(|| Error::message(format!("the theme has no file « {path} »")))?;
        Ok(base(state)?.href(url))
    });
    let words = strings.clone();
    tera.register_function("t", move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
        let key = kwargs.must_get::<&str>("key")?;
        if !words.knows(key) {
            return Err(Error::message(format!("i18n has no word « {key} »")));
        }
        let language = language(state);
        let mut word = words.word(&language, key).to_owned();
        for name in ["n", "x", "y"] {
            if let Some(value) = kwargs.get::<tera::Value>(name)? {
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

fn base(state: &State) -> TeraResult<Base> {
    Ok(Base::fixed(&state.get::<String>("root")?.unwrap_or_default()))
}

fn language(state: &State) -> String {
    state.get::<String>("lang").ok().flatten().unwrap_or_else(|| "fr".to_owned())
}

fn lang(state: &State) -> Lang {
    french::Locale::from_tag(&language(state)).lang()
}

fn when(text: &str) -> TeraResult<When> {
    When::parse(text).map_err(|_| Error::message(format!("« {text} » is not a date")))
}
