//! The sentences of uploading documents of proof (CHG-13).

use contract::documents::{DocumentRules, KeptDocument};
use domain::verification::{DocumentKind, DocumentProblem};

use super::{Language, catalogue, time};

catalogue! {
    /// Uploading a document.
    DocumentsText {
        choose: "选择文件", "Choose a file";
        photo: "拍照", "Take a photo";
        drop: "或将文件拖到这里", "or drop it here";
        sending: "正在上传…", "Sending…";
        examined: "已上传，正在检查…", "It is there and is being checked…";
        progress: "上传进度", "How much was sent";
        cancel: "取消上传", "Cancel";
        retry: "重新上传", "Try again";
        kept: "已上传。", "It was uploaded.";
        preview: "查看", "View";
        hide: "收起", "Hide";
        save: "下载查看", "Save to view";
        remove: "移除", "Remove";
    }
}

/// What a file must be, before anybody chooses one.
#[must_use]
pub fn rules(language: Language, rules: &DocumentRules) -> String {
    let most = size(rules.most_bytes);
    let pixels = rules.most_pixels;
    match language {
        Language::Chinese => format!(
            "JPEG、PNG 或 PDF，不超过 {most}；图片不超过 {} 万像素，四角完整、文字清晰。图片上传后会转正，并去除拍摄地点等信息。",
            pixels / 10_000
        ),
        Language::English => format!(
            "JPEG, PNG or PDF, up to {most}; pictures up to {} megapixels, with all four corners and \
             readable. Pictures are turned upright, and what the camera wrote of the place is removed.",
            pixels / 1_000_000
        ),
    }
}

/// What is kept.
#[must_use]
pub fn kept(language: Language, document: &KeptDocument) -> String {
    let kind = match document.kind {
        DocumentKind::Jpeg => "JPEG",
        DocumentKind::Png => "PNG",
        DocumentKind::Pdf => "PDF",
    };
    let size = size(document.bytes);
    let at = time::beijing(language, document.uploaded_at);
    match language {
        Language::Chinese => format!("已上传 {kind}，{size}，{at}"),
        Language::English => format!("Uploaded: {kind}, {size}, {at}"),
    }
}

/// Why a file is not taken.
#[must_use]
pub fn problem(language: Language, problem: DocumentProblem) -> String {
    let sentence = match (language, problem) {
        (Language::Chinese, DocumentProblem::TooLarge { most_bytes }) => {
            return format!("文件超过 {}，请压缩或重新拍摄后再上传。", size(most_bytes));
        }
        (Language::English, DocumentProblem::TooLarge { most_bytes }) => {
            return format!(
                "The file has more than {}. Make it smaller, or take the picture anew.",
                size(most_bytes)
            );
        }
        (Language::Chinese, DocumentProblem::TooManyPixels { most_pixels }) => {
            return format!(
                "图片超过 {} 万像素，请降低分辨率后再上传。",
                most_pixels / 10_000
            );
        }
        (Language::English, DocumentProblem::TooManyPixels { most_pixels }) => {
            return format!(
                "The picture has more than {} megapixels. Save it with fewer.",
                most_pixels / 1_000_000
            );
        }
        (Language::Chinese, DocumentProblem::Empty) => "文件是空的，请重新选择。",
        (Language::English, DocumentProblem::Empty) => "The file is empty. Choose another one.",
        (Language::Chinese, DocumentProblem::UnknownKind) => {
            "文件内容不是 JPEG、PNG 或 PDF，仅更改扩展名无效，请另存为这些格式。"
        }
        (Language::English, DocumentProblem::UnknownKind) => {
            "By its content this is no JPEG, PNG or PDF; another name does not help. Save it as one of them."
        }
        (Language::Chinese, DocumentProblem::Broken) => {
            "文件已损坏或不完整，无法读取，请重新拍摄或导出。"
        }
        (Language::English, DocumentProblem::Broken) => {
            "The file is damaged or incomplete and cannot be read. Take or export it anew."
        }
        (Language::Chinese, DocumentProblem::Encrypted) => {
            "PDF 设有密码，审核人员无法打开，请取消密码后再上传。"
        }
        (Language::English, DocumentProblem::Encrypted) => {
            "The PDF has a password, so nobody could review it. Remove the password first."
        }
        (Language::Chinese, DocumentProblem::ActiveContent) => {
            "PDF 含有脚本或附件，请打印为新的 PDF 后再上传。"
        }
        (Language::English, DocumentProblem::ActiveContent) => {
            "The PDF has scripts or other files in it. Print it to a new PDF and upload that."
        }
        (Language::Chinese, DocumentProblem::HandedIn) => "材料已提交，不能移除。",
        (Language::English, DocumentProblem::HandedIn) => {
            "It was handed in and can no longer be removed."
        }
    };
    sentence.to_owned()
}

/// A length in the unit that fits, with one decimal where it tells something.
#[must_use]
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    const MIB: u64 = 1024 * KIB;
    if bytes < KIB {
        return format!("{bytes} B");
    }
    let (unit, name) = if bytes < MIB {
        (KIB, "KB")
    } else {
        (MIB, "MB")
    };
    let tenths = bytes * 10 / unit;
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        tenth => format!("{}.{tenth} {name}", tenths / 10),
    }
}
