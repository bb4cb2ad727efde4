//! How each service speaks OAuth 2.0, as data. Knows spellings; does nothing.
//!
//! None of the four offers PKCE or ID tokens, so there a code is tied to the browser by `state`
//! alone; where a provider speaks OpenID Connect, [`super::oidc`] uses both.

use domain::login_methods::LoginMethodKind;

/// How one service speaks.
pub(super) struct Dialect {
    pub(super) kind: LoginMethodKind,
    /// The origin of the pages that the browser is sent to.
    pub(super) pages: &'static str,
    /// The origin that answers servers.
    pub(super) api: &'static str,
    /// The path of the page where the person says yes.
    pub(super) authorise: &'static str,
    /// What that page is told.
    pub(super) asked: &'static [(&'static str, Fill)],
    /// What the page's address ends with.
    pub(super) fragment: Option<&'static str>,
    /// Whom to ask after the browser came back, in order.
    pub(super) steps: &'static [Step],
    /// Where answers carry a number that is not 0 when something is wrong, in spite of status 200.
    pub(super) error_at: &'static [&'static str],
    /// What these numbers mean; all others mean that the operator has to look.
    pub(super) meanings: &'static [(Meaning, &'static [i64])],
    /// Which fields together are the subject.
    pub(super) subject: &'static [Field],
    /// Which fields are, where the operator wants one identity across several apps.
    pub(super) union: Option<&'static [Field]>,
    /// The kinds of user who administer their organisation.
    pub(super) administrators: &'static [&'static str],
}

/// One request to the service.
pub(super) struct Step {
    pub(super) path: &'static str,
    pub(super) query: &'static [(&'static str, Fill)],
    /// A JSON body, sent by POST; without, the request is a GET.
    pub(super) json: &'static [(&'static str, Fill)],
    /// JSON pointers of what is read from the answer.
    pub(super) read: &'static [(Field, &'static str)],
    pub(super) need: Need,
}

/// How much depends on a step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Without its answer nobody is known.
    Always,
    /// Its answer belongs to us and not to a person: it is kept, and asked for again when old.
    Kept,
    /// It makes things nicer: whatever is wrong with it, except a frozen identity, is passed over.
    Welcome,
}

/// What stands in a parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    Text(&'static str),
    ClientId,
    ClientSecret,
    RedirectUri,
    State,
    Code,
    Held(Field),
}

/// What is learnt on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Token,
    OpenId,
    UnionId,
    Organisation,
    UserKind,
    Name,
}

/// What an error number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    BadCode,
    Busy,
    Frozen,
    /// What [`Need::Kept`] keeps is too old.
    StaleToken,
}

/// The path that gives a WeChat user's token and name.
const WECHAT_STEPS: &[Step] = &[
    Step {
        path: "/sns/oauth2/access_token",
        query: &[
            ("appid", Fill::ClientId),
            ("secret", Fill::ClientSecret),
            ("code", Fill::Code),
            ("grant_type", Fill::Text("authorization_code")),
        ],
        json: &[],
        read: &[
            (Field::Token, "/access_token"),
            (Field::OpenId, "/openid"),
            (Field::UnionId, "/unionid"),
        ],
        need: Need::Always,
    },
    Step {
        path: "/sns/userinfo",
        query: &[
            ("access_token", Fill::Held(Field::Token)),
            ("openid", Fill::Held(Field::OpenId)),
        ],
        json: &[],
        read: &[(Field::Name, "/nickname")],
        need: Need::Welcome,
    },
];

/// 40029 wrong, 40163 used, 41008 missing, 42003 too old; -1, 45009 and 45011 too busy; 40226 is what
/// a user gets whom the service itself keeps out.
const WECHAT_MEANINGS: &[(Meaning, &[i64])] = &[
    (Meaning::BadCode, &[40029, 40163, 41008, 42003]),
    (Meaning::Busy, &[-1, 45009, 45011]),
    (Meaning::Frozen, &[40226]),
];

/// The page of a website that shows a code to scan.
const WECHAT: Dialect = Dialect {
    kind: LoginMethodKind::Wechat,
    pages: "https://open.weixin.qq.com",
    api: "https://api.weixin.qq.com",
    authorise: "/connect/qrconnect",
    asked: &[
        ("appid", Fill::ClientId),
        ("redirect_uri", Fill::RedirectUri),
        ("response_type", Fill::Text("code")),
        ("scope", Fill::Text("snsapi_login")),
        ("state", Fill::State),
    ],
    fragment: Some("wechat_redirect"),
    steps: WECHAT_STEPS,
    error_at: &["/errcode"],
    meanings: WECHAT_MEANINGS,
    subject: &[Field::OpenId],
    union: Some(&[Field::UnionId]),
    administrators: &[],
};

/// The page inside WeChat that belongs to an Official Account.
const OFFICIAL_ACCOUNT: Dialect = Dialect {
    kind: LoginMethodKind::OfficialAccount,
    authorise: "/connect/oauth2/authorize",
    asked: &[
        ("appid", Fill::ClientId),
        ("redirect_uri", Fill::RedirectUri),
        ("response_type", Fill::Text("code")),
        ("scope", Fill::Text("snsapi_userinfo")),
        ("state", Fill::State),
    ],
    ..WECHAT
};

/// A code that is not good is 100018 to 100020. A frozen QQ gets no code: its own page says so.
const QQ: Dialect = Dialect {
    kind: LoginMethodKind::Qq,
    pages: "https://graph.qq.com",
    api: "https://graph.qq.com",
    authorise: "/oauth2.0/authorize",
    asked: &[
        ("response_type", Fill::Text("code")),
        ("client_id", Fill::ClientId),
        ("redirect_uri", Fill::RedirectUri),
        ("state", Fill::State),
        ("scope", Fill::Text("get_user_info")),
    ],
    fragment: None,
    steps: &[
        Step {
            path: "/oauth2.0/token",
            query: &[
                ("grant_type", Fill::Text("authorization_code")),
                ("client_id", Fill::ClientId),
                ("client_secret", Fill::ClientSecret),
                ("code", Fill::Code),
                ("redirect_uri", Fill::RedirectUri),
                ("fmt", Fill::Text("json")),
            ],
            json: &[],
            read: &[(Field::Token, "/access_token")],
            need: Need::Always,
        },
        Step {
            path: "/oauth2.0/me",
            query: &[
                ("access_token", Fill::Held(Field::Token)),
                ("unionid", Fill::Text("1")),
                ("fmt", Fill::Text("json")),
            ],
            json: &[],
            read: &[(Field::OpenId, "/openid"), (Field::UnionId, "/unionid")],
            need: Need::Always,
        },
        Step {
            path: "/user/get_user_info",
            query: &[
                ("access_token", Fill::Held(Field::Token)),
                ("oauth_consumer_key", Fill::ClientId),
                ("openid", Fill::Held(Field::OpenId)),
            ],
            json: &[],
            read: &[(Field::Name, "/nickname")],
            need: Need::Welcome,
        },
    ],
    error_at: &["/error", "/ret"],
    meanings: &[(Meaning::BadCode, &[100_018, 100_019, 100_020])],
    subject: &[Field::OpenId],
    union: Some(&[Field::UnionId]),
    administrators: &[],
};

/// A service provider's page, since customers come from any organisation; what it answers names the
/// organisation and what the person is in it: 1 its creator, 2 and 3 its administrators, 4 one of a
/// part, 5 a member. 40029 and 40078 are codes that are not good; 40014 and 42001 tokens too old.
const WECOM: Dialect = Dialect {
    kind: LoginMethodKind::Wecom,
    pages: "https://open.work.weixin.qq.com",
    api: "https://qyapi.weixin.qq.com",
    authorise: "/wwopen/sso/3rd_qrConnect",
    asked: &[
        ("appid", Fill::ClientId),
        ("redirect_uri", Fill::RedirectUri),
        ("state", Fill::State),
        ("usertype", Fill::Text("member")),
    ],
    fragment: None,
    steps: &[
        Step {
            path: "/cgi-bin/service/get_provider_token",
            query: &[],
            json: &[
                ("corpid", Fill::ClientId),
                ("provider_secret", Fill::ClientSecret),
            ],
            read: &[(Field::Token, "/provider_access_token")],
            need: Need::Kept,
        },
        Step {
            path: "/cgi-bin/service/get_login_info",
            query: &[("access_token", Fill::Held(Field::Token))],
            json: &[("auth_code", Fill::Code)],
            read: &[
                (Field::UserKind, "/usertype"),
                (Field::OpenId, "/user_info/open_userid"),
                (Field::Name, "/user_info/name"),
                (Field::Organisation, "/corp_info/corpid"),
            ],
            need: Need::Always,
        },
    ],
    error_at: &["/errcode"],
    meanings: &[
        (Meaning::BadCode, &[40029, 40078]),
        (Meaning::Busy, &[-1, 45009, 45011]),
        (Meaning::StaleToken, &[40014, 42001]),
    ],
    subject: &[Field::Organisation, Field::OpenId],
    union: None,
    administrators: &["1", "2", "3"],
};

/// How the service of this kind speaks; e-mail has none.
pub(super) const fn dialect_of(kind: LoginMethodKind) -> Option<&'static Dialect> {
    match kind {
        LoginMethodKind::Wechat => Some(&WECHAT),
        LoginMethodKind::Qq => Some(&QQ),
        LoginMethodKind::OfficialAccount => Some(&OFFICIAL_ACCOUNT),
        LoginMethodKind::Wecom => Some(&WECOM),
        LoginMethodKind::Email => None,
    }
}
