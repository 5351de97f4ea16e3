//! Every piece of editorial advice, with the page that explains it.

use crate::diag::Severity;

/// A piece of advice that the editor may give.
#[derive(Debug, Clone, Copy)]
pub struct Advice {
    /// Stable: what sites silence and what `essaim explain` takes.
    pub code: &'static str,
    pub severity: Severity,
    /// What is advised, in French then in English.
    pub title: [&'static str; 2],
    /// Why, in French then in English.
    pub why: [&'static str; 2],
    /// What was typed, and what to type instead.
    pub example: [&'static str; 2],
}

/// Returns the advice with this code.
pub fn find(code: &str) -> Option<&'static Advice> {
    ADVICE.iter().find(|advice| advice.code == code)
}

/// All the advice, in the order of the codes.
pub const ADVICE: &[Advice] = &[
    Advice {
        code: "C0301",
        severity: Severity::Advice,
        title: ["Un lien qui ne dit pas où il mène", "A link that does not say where it goes"],
        why: [
            "Beaucoup de lecteurs parcourent une page de lien en lien, à l’œil ou avec un lecteur d’écran. « Ici » ou « télécharger » ne leur apprend rien. Le critère 6.1 du RGAA demande un intitulé explicite.",
            "Many readers go from link to link, by eye or with a screen reader. “Here” or “download” tells them nothing. RGAA criterion 6.1 asks for an explicit text.",
        ],
        example: [
            "Pour lire la charte, [cliquez ici](charte.pdf).",
            "Lisez la [charte d’engagements réciproques](charte.pdf).",
        ],
    },
    Advice {
        code: "C0302",
        severity: Severity::Advice,
        title: ["Une adresse laissée dans le texte", "An address left in the text"],
        why: [
            "Une adresse web se lit mal, se prononce lettre à lettre et déborde sur un téléphone. Un nom dit ce que l’on trouvera au bout du lien.",
            "A web address is hard to read, is spelled letter by letter and overflows on a phone. A name says what stands at the end of the link.",
        ],
        example: [
            "Voir https://www.exemple.fr/guide-2026.",
            "Voir le [guide 2026](https://www.exemple.fr/guide-2026).",
        ],
    },
    Advice {
        code: "C0303",
        severity: Severity::Advice,
        title: ["Une fiche citée sans lien", "A fiche named without a link"],
        why: [
            "Les numéros changent d’une édition à l’autre. Un renvoi entre doubles crochets affiche le titre de la fiche, y conduit, et essaim prévient s’il ne mène plus nulle part.",
            "Numbers change from one edition to the next. A reference in double brackets shows the fiche’s title, leads to it, and is checked.",
        ],
        example: ["Pour aller plus loin, voir la fiche 3.", "Pour aller plus loin, voir la [[3]]."],
    },
    Advice {
        code: "A0304",
        severity: Severity::Warning,
        title: ["Une description d’image qui est un nom de fichier", "An image description that is a file name"],
        why: [
            "La description remplace l’image pour qui ne la voit pas, et quand elle ne se charge pas. Un nom de fichier n’en dit rien.",
            "The description stands for the image when it is not seen or does not load. A file name says nothing of it.",
        ],
        example: ["![IMG_2034.jpg](IMG_2034.jpg)", "![Une quarantaine de personnes assises en cercle](IMG_2034.jpg)"],
    },
    Advice {
        code: "C0305",
        severity: Severity::Advice,
        title: ["Une description d’image qui tarde ou qui s’étend", "An image description that is late or long"],
        why: [
            "Un lecteur d’écran annonce déjà « image ». La description gagne à dire tout de suite ce que l’on voit, en une phrase ; le détail va dans le texte de la page.",
            "A screen reader already says “image”. The description should say at once what is seen, in one sentence; details go in the text.",
        ],
        example: ["![Photo de la halle](halle.jpg)", "![La halle un jour de marché](halle.jpg)"],
    },
    Advice {
        code: "C0306",
        severity: Severity::Advice,
        title: ["Un niveau de titre sauté", "A heading level skipped"],
        why: [
            "Les titres forment le plan de la page : le sommaire, les lecteurs d’écran et le PDF s’en servent. Après un titre de niveau 2 vient un titre de niveau 3.",
            "Headings make the outline of the page: the contents, screen readers and the PDF use them. After level 2 comes level 3.",
        ],
        example: ["## Connaître\n\n#### Recenser", "## Connaître\n\n### Recenser"],
    },
    Advice {
        code: "C0307",
        severity: Severity::Advice,
        title: ["Une partie vide", "An empty section"],
        why: [
            "Un titre sans texte annonce quelque chose qui ne vient pas. Si la partie est à écrire, laissez-la dans un brouillon.",
            "A heading without a text announces what does not come. If the section is to be written, keep it in a draft.",
        ],
        example: ["## Financer\n\n## Évaluer\n\nLe texte.", "## Évaluer\n\nLe texte."],
    },
    Advice {
        code: "C0308",
        severity: Severity::Advice,
        title: ["Une ligne en gras qui semble un titre", "A bold line that looks like a heading"],
        why: [
            "À l’œil, elle fait un titre ; pour le sommaire, le PDF et les lecteurs d’écran, ce n’est qu’un paragraphe.",
            "To the eye it is a heading; to the contents, the PDF and screen readers it is only a paragraph.",
        ],
        example: ["**Les acteurs du territoire**", "### Les acteurs du territoire"],
    },
    Advice {
        code: "A0309",
        severity: Severity::Warning,
        title: ["Un tableau sans en-têtes", "A table without headers"],
        why: [
            "Sans en-têtes, un lecteur d’écran lit des chiffres sans dire de quoi. Les critères 5.6 et 5.7 du RGAA les demandent.",
            "Without headers, a screen reader reads figures without saying of what. RGAA criteria 5.6 and 5.7 ask for them.",
        ],
        example: ["| | |\n|---|---|\n| Brest | 12 |", "| Ville | Structures |\n|---|---|\n| Brest | 12 |"],
    },
    Advice {
        code: "C0310",
        severity: Severity::Advice,
        title: ["Une page sans résumé", "A page without a summary"],
        why: [
            "Le résumé paraît dans les listes, les résultats de recherche et les partages. Sans lui, on y lit le début du texte, qui n’est pas écrit pour cela.",
            "The summary shows in lists, search results and shares. Without it the beginning of the text does, which is not written for it.",
        ],
        example: [
            "titre: Animer son territoire",
            "titre: Animer son territoire\nresume: Faire se rencontrer les acteurs, leur donner des lieux et des rendez-vous.",
        ],
    },
    Advice {
        code: "C0311",
        severity: Severity::Advice,
        title: ["Un sigle inexpliqué", "An acronym nobody explained"],
        why: [
            "Un sigle familier à son auteur arrête les autres. Mis au glossaire, il est expliqué à sa première apparition sur chaque page, et dans le PDF.",
            "An acronym familiar to its author stops the others. In the glossary, it is explained where it first appears on each page, and in the PDF.",
        ],
        example: [
            "La PLIE accompagne les habitants.",
            "Le plan local pour l’insertion et l’emploi (PLIE) accompagne les habitants.",
        ],
    },
    Advice {
        code: "C0312",
        severity: Severity::Advice,
        title: ["Une phrase de plus de quarante mots", "A sentence of more than forty words"],
        why: [
            "Au-delà, on relit le début pour comprendre la fin. Deux phrases courtes se lisent plus vite qu’une longue, et se traduisent mieux.",
            "Beyond that one reads the beginning again to understand the end. Two short sentences read faster than a long one.",
        ],
        example: ["La ville, qui…, et qui…, dans la mesure où…, a décidé…", "La ville a décidé… Elle…"],
    },
    Advice {
        code: "C0313",
        severity: Severity::Advice,
        title: ["Un mot écrit deux fois", "A word written twice"],
        why: [
            "C’est presque toujours une trace de correction, invisible quand on se relit.",
            "It is nearly always the trace of a correction, unseen when one reads oneself again.",
        ],
        example: ["Les acteurs de de la ville", "Les acteurs de la ville"],
    },
    Advice {
        code: "C0314",
        severity: Severity::Advice,
        title: ["Deux espaces de suite", "Two spaces in a row"],
        why: [
            "La page publiée n’en garde qu’une. Dans le fichier, elles gênent la recherche et la comparaison de deux versions.",
            "The published page keeps only one. In the file, they hamper search and the comparison of versions.",
        ],
        example: ["la ville  de Brest", "la ville de Brest"],
    },
    Advice {
        code: "C0315",
        severity: Severity::Advice,
        title: ["Un guillemet seul", "A lone quotation mark"],
        why: [
            "On ne sait plus où finit la citation. essaim compose les guillemets par paires, dans un même paragraphe.",
            "One no longer knows where the quotation ends. Quotation marks are set in pairs, within a paragraph.",
        ],
        example: ["Il parle de « faire ensemble.", "Il parle de « faire ensemble »."],
    },
    Advice {
        code: "C0316",
        severity: Severity::Advice,
        title: ["Des mots anglais non signalés", "English words not marked"],
        why: [
            "Un lecteur d’écran les prononce à la française, et la typographie française leur est appliquée. Le critère 8.7 du RGAA demande d’indiquer la langue.",
            "A screen reader pronounces them in French, and French typography is applied to them. RGAA criterion 8.7 asks for the language.",
        ],
        example: ["Le rapport The state of the commons", "Le rapport [The state of the commons]{lang=en}"],
    },
    Advice {
        code: "C0317",
        severity: Severity::Advice,
        title: ["Une capitale sans son accent", "A capital without its accent"],
        why: [
            "En français, les capitales gardent leurs accents : ils changent la prononciation, parfois le sens.",
            "In French, capitals keep their accents: they change the pronunciation, sometimes the meaning.",
        ],
        example: ["L’Etat et les Ecoles", "L’État et les Écoles"],
    },
    Advice {
        code: "C0318",
        severity: Severity::Advice,
        title: ["« etc. » suivi de points de suspension", "“etc.” followed by an ellipsis"],
        why: ["Les deux disent la même chose : un seul suffit.", "Both say the same: one is enough."],
        example: ["associations, coopératives, etc...", "associations, coopératives, etc."],
    },
    Advice {
        code: "C0319",
        severity: Severity::Advice,
        title: ["Une vérification de plus de dix-huit mois", "A check more than eighteen months old"],
        why: [
            "Une adresse, un dispositif ou un montant change vite. La date de vérification, affichée sur la page, dit aux lecteurs à quoi se fier.",
            "An address, a scheme or an amount changes fast. The date of the check, shown on the page, tells readers what to trust.",
        ],
        example: ["verifie_le: 2023-02", "verifie_le: 2026-10"],
    },
    Advice {
        code: "C0320",
        severity: Severity::Advice,
        title: ["Un exemple de plus de cinq ans", "An example more than five years old"],
        why: [
            "Les exemples sont ce que les lecteurs cherchent d’abord, et ce qui vieillit le plus vite. Rien n’indique que celui-ci a été vérifié depuis.",
            "Examples are what readers look for first, and what ages fastest. Nothing shows that this one was checked since.",
        ],
        example: [
            ":::exemple{titre=\"Un forum chaque année\" annee=2018}",
            ":::exemple{titre=\"Un forum chaque année\" annee=2018 verifie_le=2026-10}",
        ],
    },
    Advice {
        code: "A0321",
        severity: Severity::Warning,
        title: ["Un signe plus pris pour une puce", "A plus sign taken for a bullet"],
        why: [
            "En Markdown, une ligne qui commence par un plus et une espace est un élément de liste : le signe disparaît de la page.",
            "In Markdown, a line that begins with a plus and a space is an item of a list: the sign is gone from the page.",
        ],
        example: ["+ 3,9 % d’emplois en un an", "\\+ 3,9 % d’emplois en un an"],
    },
    Advice {
        code: "A0322",
        severity: Severity::Warning,
        title: ["Une année prise pour un numéro de liste", "A year taken for the number of a list"],
        why: [
            "En Markdown, un nombre, un point et une espace en début de ligne commencent une liste numérotée.",
            "In Markdown, a number, a full stop and a space at the start of a line begin a numbered list.",
        ],
        example: ["2021. Plus de deux cents projets aidés.", "2021\\. Plus de deux cents projets aidés."],
    },
    Advice {
        code: "A0323",
        severity: Severity::Warning,
        title: ["Des étoiles prises pour de l’italique", "Stars taken for italics"],
        why: [
            "En Markdown, ce qui est entre deux étoiles passe en italique et les étoiles disparaissent. Le point médian, lui, reste.",
            "In Markdown, what stands between two stars becomes italic and the stars are gone. The middle dot stays.",
        ],
        example: ["les habitant*e*s", "les habitant·e·s"],
    },
    Advice {
        code: "A0324",
        severity: Severity::Warning,
        title: ["Une puce collée d’un traitement de texte", "A bullet pasted from a word processor"],
        why: [
            "Ce caractère n’est que du texte : les lignes se suivent dans un même paragraphe, et aucune liste n’est annoncée.",
            "This character is only text: the lines run on in one paragraph, and no list is announced.",
        ],
        example: ["• recenser\n• rencontrer", "- recenser\n- rencontrer"],
    },
    Advice {
        code: "A0325",
        severity: Severity::Warning,
        title: ["Une liste numérotée sans points", "A numbered list without full stops"],
        why: [
            "Sans point après le nombre, Markdown ne voit pas de liste : les lignes se suivent dans un même paragraphe.",
            "Without a full stop after the number, Markdown sees no list: the lines run on in one paragraph.",
        ],
        example: [
            "1 S’appuyer sur l’existant\n2 Réunir les acteurs",
            "1. S’appuyer sur l’existant\n2. Réunir les acteurs",
        ],
    },
    Advice {
        code: "A0326",
        severity: Severity::Warning,
        title: ["Un gras qui n’est pas reconnu", "Bold that is not recognised"],
        why: [
            "Entre les étoiles et une lettre, Markdown n’accepte ni espace ni ponctuation : `**Gras :**suite` et `**« gras »**suite` restent tels quels.",
            "Between the stars and a letter, Markdown takes neither a space nor a mark: `**Bold:**next` stays as it is.",
        ],
        example: ["**Lieu :**la mairie", "**Lieu** : la mairie"],
    },
    Advice {
        code: "A0327",
        severity: Severity::Warning,
        title: ["Un lien mal écrit", "A mistyped link"],
        why: [
            "Le texte va entre crochets, l’adresse entre parenthèses, sans espace entre les deux. Sinon, tout cela paraît sur la page.",
            "The text goes in square brackets, the address in round ones, without a space between. Otherwise all of it shows on the page.",
        ],
        example: ["[Le Pavé-http://www.exemple.fr]", "[Le Pavé](http://www.exemple.fr)"],
    },
    Advice {
        code: "A0328",
        severity: Severity::Warning,
        title: ["Un exposant écrit avec des accents circonflexes", "Raised letters typed with carets"],
        why: [
            "Les rangs, les siècles et les unités sont mis en exposant d’eux-mêmes ; le circonflexe, lui, resterait sur la page.",
            "Ordinals, centuries and units are raised by themselves; the caret would stay on the page.",
        ],
        example: ["1^er^ mars", "1er mars"],
    },
];
