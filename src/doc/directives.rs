//! The table of directives: what a writer may open with `:::`, and what each expects between braces.
//!
//! The parser, the messages and the reference page of the guide all read this one table.

/// A directive: its name, its arguments, what it is for and how it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec {
    pub kind: Name,
    pub name: &'static str,
    pub arguments: &'static [Argument],
    /// The argument that words after the name stand for: `:::encadre Titre`.
    pub title: Option<&'static str>,
    /// What it is for, one sentence in French.
    pub says: &'static str,
    /// A complete example, as typed.
    pub example: &'static str,
}

/// The directives, as the code knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    Exemple,
    Encadre,
    Definition,
    Citation,
    Chiffres,
    Etapes,
    Trajectoire,
    Voix,
    Ressources,
    Telechargement,
    Video,
    Galerie,
    Carte,
    ALaUne,
    Agenda,
    Reprise,
}

/// An argument of a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    pub name: &'static str,
    pub value: Value,
    pub required: bool,
    /// What it says, in French.
    pub says: &'static str,
}

/// What an argument holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text,
    /// Words separated by commas.
    Texts,
    /// A date as precise as it is known: `2020`, `2020-09`, `septembre 2020`.
    Date,
    /// A territory: a code or a name.
    Place,
    /// A page of the site: a path, an identifier or what stands between `[[` and `]]`.
    Page,
    /// An example of the site: `fiche#ancre`.
    Example,
    /// A file beside the page or in `static/`.
    File,
    /// A file of the site or an address.
    Address,
}

impl Value {
    /// Returns the word that the reference page shows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "texte",
            Self::Texts => "textes séparés par des virgules",
            Self::Date => "date",
            Self::Place => "territoire",
            Self::Page => "page du site",
            Self::Example => "exemple du site",
            Self::File => "fichier",
            Self::Address => "fichier ou adresse",
        }
    }
}

const fn required(name: &'static str, value: Value, says: &'static str) -> Argument {
    Argument { name, value, required: true, says }
}

const fn optional(name: &'static str, value: Value, says: &'static str) -> Argument {
    Argument { name, value, required: false, says }
}

const TITRE: Argument = optional("titre", Value::Text, "le titre montré au lecteur");
const SOURCE: Argument = optional("source", Value::Text, "d’où vient l’information");

/// Every directive, in the order of the reference page.
pub const DIRECTIVES: &[Spec] = &[
    Spec {
        kind: Name::Exemple,
        name: "exemple",
        arguments: &[
            required("titre", Value::Text, "le titre de l’exemple"),
            optional("territoire", Value::Place, "où : un code (92071, 245901160, 59, R32) ou un nom"),
            optional("annee", Value::Date, "quand : 2020, 2014/.., 2018-12"),
            optional("acteurs", Value::Text, "qui l’a mené"),
            optional("contact", Value::Text, "à qui s’adresser"),
            SOURCE,
            optional("verifie_le", Value::Date, "la date de la dernière vérification"),
            optional("themes", Value::Texts, "les thèmes qui lui sont propres"),
        ],
        title: Some("titre"),
        says: "Raconte ce qu’un territoire a fait ; l’exemple a sa propre adresse et paraît aussi sur la page du territoire et sur les cartes.",
        example: ":::exemple{titre=\"Un forum chaque année\" territoire=\"92071\" annee=2020}\nLa ville organise un forum avec les acteurs locaux.\n:::",
    },
    Spec {
        kind: Name::Encadre,
        name: "encadre",
        arguments: &[TITRE],
        title: Some("titre"),
        says: "Met un passage à part du texte, avec ou sans titre.",
        example: ":::encadre{titre=\"À retenir\"}\nUn élu référent et un interlocuteur technique suffisent pour commencer.\n:::",
    },
    Spec {
        kind: Name::Definition,
        name: "definition",
        arguments: &[required("terme", Value::Text, "le mot défini")],
        title: Some("terme"),
        says: "Définit un mot dans un encadré.",
        example: ":::definition{terme=\"Tiers-lieu\"}\nUn lieu ouvert où l’on travaille, apprend et se rencontre.\n:::",
    },
    Spec {
        kind: Name::Citation,
        name: "citation",
        arguments: &[
            optional("auteur", Value::Text, "qui parle"),
            optional("fonction", Value::Text, "sa fonction"),
            SOURCE,
        ],
        title: Some("auteur"),
        says: "Cite quelqu’un, avec son nom, sa fonction et la source.",
        example: ":::citation{auteur=\"Une élue\" fonction=\"adjointe au maire\"}\nNous avons commencé par écouter.\n:::",
    },
    Spec {
        kind: Name::Chiffres,
        name: "chiffres",
        arguments: &[SOURCE],
        title: None,
        says: "Montre des chiffres clés : une liste dont chaque ligne commence par le chiffre en gras.",
        example: ":::chiffres{source=\"Bilan du club\"}\n- **80** entrepreneurs réunis\n- **20 ans** de politique de soutien\n:::",
    },
    Spec {
        kind: Name::Etapes,
        name: "etapes",
        arguments: &[],
        title: None,
        says: "Montre une démarche pas à pas : une liste numérotée dont chaque ligne commence par son titre en gras ou par une phrase courte.",
        example: ":::etapes\n1. **Sensibiliser.** Réunir les élus et les services.\n2. **Se connaître.** Visiter les structures du territoire.\n:::",
    },
    Spec {
        kind: Name::Trajectoire,
        name: "trajectoire",
        arguments: &[],
        title: None,
        says: "Montre une frise : une liste dont chaque ligne commence par une date en gras, précise ou non.",
        example: ":::trajectoire\n- **1984** Première coopérative.\n- **1995-1999** Les acteurs se rencontrent.\n- **depuis 2014** La démarche est animée.\n:::",
    },
    Spec {
        kind: Name::Voix,
        name: "voix",
        arguments: &[
            optional("qui", Value::Text, "qui témoigne, s’il veut être nommé"),
            optional("role", Value::Text, "à quel titre"),
        ],
        title: Some("qui"),
        says: "Donne la parole à une personne du territoire, nommée ou non.",
        example: ":::voix{role=\"salariée d’une coopérative\"}\nAvant, nous ne nous connaissions pas.\n:::",
    },
    Spec {
        kind: Name::Ressources,
        name: "ressources",
        arguments: &[TITRE],
        title: Some("titre"),
        says: "Rassemble des liens et des documents pour aller plus loin.",
        example: ":::ressources\n- [Loi du 31 juillet 2014](https://www.legifrance.gouv.fr/)\n:::",
    },
    Spec {
        kind: Name::Telechargement,
        name: "telechargement",
        arguments: &[required("fichier", Value::File, "le fichier proposé"), TITRE],
        title: Some("titre"),
        says: "Propose un fichier à télécharger ; son format et son poids sont écrits à côté.",
        example: ":::telechargement{fichier=\"charte.pdf\" titre=\"La charte\"}\n:::",
    },
    Spec {
        kind: Name::Video,
        name: "video",
        arguments: &[
            required("src", Value::Address, "le fichier ou l’adresse de la vidéo"),
            required("titre", Value::Text, "ce que montre la vidéo"),
            optional("transcription", Value::Address, "le texte de ce qui est dit"),
        ],
        title: Some("titre"),
        says: "Montre une vidéo, chargée seulement quand le lecteur le demande.",
        example: ":::video{src=\"forum.mp4\" titre=\"Le forum en deux minutes\" transcription=\"forum.md\"}\n:::",
    },
    Spec {
        kind: Name::Galerie,
        name: "galerie",
        arguments: &[],
        title: None,
        says: "Montre plusieurs images côte à côte.",
        example: ":::galerie\n![La halle avant les travaux](avant.jpg \"Avant\")\n![La halle rénovée](apres.jpg \"Après\")\n:::",
    },
    Spec {
        kind: Name::Carte,
        name: "carte",
        arguments: &[
            TITRE,
            optional("theme", Value::Text, "seulement les exemples de ce thème"),
            optional("kit", Value::Text, "seulement les exemples de ce kit"),
        ],
        title: Some("titre"),
        says: "Montre sur une carte les exemples de la page, d’un thème ou d’un kit, et leur liste.",
        example: ":::carte{titre=\"Ils l’ont fait\" theme=\"mobilité\"}\n:::",
    },
    Spec {
        kind: Name::ALaUne,
        name: "a-la-une",
        arguments: &[required("page", Value::Page, "la page annoncée")],
        title: None,
        says: "Annonce une autre page du site avec son titre, son résumé et son image.",
        example: ":::a-la-une{page=\"kit-communal/4\"}\n:::",
    },
    Spec {
        kind: Name::Agenda,
        name: "agenda",
        arguments: &[],
        title: None,
        says: "Annonce des rendez-vous : une liste dont chaque ligne commence par une date en gras.",
        example: ":::agenda\n- **12 mars 2027** Réunion des acteurs, à la mairie.\n- **novembre 2027** Mois de l’ESS.\n:::",
    },
    Spec {
        kind: Name::Reprise,
        name: "reprise",
        arguments: &[required("exemple", Value::Example, "l’exemple repris : fiche#ancre")],
        title: None,
        says: "Montre de nouveau un exemple écrit ailleurs, sans le recopier.",
        example: ":::reprise{exemple=\"kit-communal/4#un-forum-chaque-annee\"}\n:::",
    },
];

/// Returns the directive of this name; accents and capitals do not count.
pub fn directive(name: &str) -> Option<&'static Spec> {
    DIRECTIVES.iter().find(|spec| spec.name == name).or_else(|| {
        let folded = super::loosely(name);
        DIRECTIVES.iter().find(|spec| spec.name == folded)
    })
}

impl Spec {
    /// Returns the argument of this name; accents and capitals do not count.
    pub fn argument(&self, name: &str) -> Option<&'static Argument> {
        self.arguments.iter().find(|argument| argument.name == name).or_else(|| {
            let folded = super::loosely(name);
            self.arguments.iter().find(|argument| argument.name == folded)
        })
    }
}
