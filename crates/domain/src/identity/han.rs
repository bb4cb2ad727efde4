//! Chinese characters and the marks between them. Knows Unicode; does not know names.

/// Whether `c` is a Chinese character: Script=Han of Unicode 17, with every extension, less the
/// radicals, which are signs for parts of characters.
pub(super) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2b81d}' | '\u{2b820}'..='\u{2cead}' | '\u{2ceb0}'..='\u{2ebe0}'
        | '\u{2ebf0}'..='\u{2ee5d}' | '\u{30000}'..='\u{3134a}' | '\u{31350}'..='\u{33479}'
        | '\u{3005}' | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303b}'
        | '\u{f900}'..='\u{fa6d}' | '\u{fa70}'..='\u{fad9}' | '\u{2f800}'..='\u{2fa1d}'
        | '\u{16fe2}' | '\u{16fe3}' | '\u{16ff0}'..='\u{16ff6}')
}

/// The middle dot of names (U+00B7) for every dot that input methods put in its place.
pub(super) fn fold_dot(c: char) -> char {
    match c {
        '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' | '\u{ff65}' | '\u{387}'
        | '\u{16eb}' => MIDDLE_DOT,
        _ => c,
    }
}

/// The dot between the parts of a name.
pub(super) const MIDDLE_DOT: char = '\u{b7}';

/// The character that a Kangxi radical (U+2F00–U+2FD5) looks like.
///
/// Texts copied from PDF files carry radicals in place of the characters; nobody can see or type the
/// difference, and a register would not find the name.
pub(super) fn fold_radical(c: char) -> char {
    match u32::from(c).checked_sub(0x2f00) {
        Some(at) if at < 214 => RADICALS.chars().nth(at as usize).unwrap_or(c),
        _ => c,
    }
}

/// The characters of the 214 radicals, in their order.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀\
    寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋\
    比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
    缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛\
    辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
    黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v_12_characters_of_all_extensions_are_han() {
        for c in "张䶮𬱖〇𠀀𪜀𫝀𬺰𮯰𰀀𱍐﨑".chars() {
            assert!(is_han(c), "{c}");
        }
        for c in "aé1·。ひ한😀⼀　\u{e000}".chars() {
            assert!(!is_han(c), "{c}");
        }
    }

    #[test]
    fn radicals_become_the_characters_they_look_like() {
        assert_eq!(RADICALS.chars().count(), 214);
        assert_eq!(fold_radical('⼀'), '一');
        assert_eq!(fold_radical('⽅'), '方');
        assert_eq!(fold_radical('\u{2fd5}'), '龠');
        assert_eq!(fold_radical('\u{2fd6}'), '\u{2fd6}');
        assert_eq!(fold_radical('一'), '一');
    }
}
