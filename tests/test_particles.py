"""Korean particles follow the sound of the word before them."""

import pytest

from nnstudio.particles import particle, settle


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("가중치", "을/를", "가중치를"),
        ("편향", "을/를", "편향을"),
        ("학습률", "으로/로", "학습률로"),  # ㄹ counts as open for 으로/로
        ("학습률", "이/가", "학습률이"),
        ("입력", "으로/로", "입력으로"),
        ("출력 층", "은/는", "출력 층은"),
        ("dense_1", "으로/로", "dense_1로"),  # 일
        ("dense_1", "을/를", "dense_1을"),
        ("dense_2", "을/를", "dense_2를"),  # 이
        ("0.03", "이/가", "0.03이"),  # 삼
        ("100", "으로/로", "100으로"),  # 백
        ("7", "과/와", "7과"),  # 칠
        ("50%", "이/가", "50%가"),  # 퍼센트
        ("Dense", "을/를", "Dense를"),  # 덴스
        ("Adam", "을/를", "Adam을"),  # 아담
        ("Dropout", "이/가", "Dropout이"),  # 드롭아웃
        ("layer", "은/는", "layer는"),  # 레이어
        ("kernel", "으로/로", "kernel로"),  # 커널
        ("CSV", "을/를", "CSV를"),  # 브이
        ("LSTM", "이/가", "LSTM이"),  # 엠
        ("XOR", "으로/로", "XOR로"),  # 알
        ("“원”", "을/를", "“원”을"),
        ("속도(rate)", "이/가", "속도(rate)가"),
        ("속도 (learning rate)", "이/가", "속도 (learning rate)가"),
        ("★", "을/를", "★을(를)"),
        ("★", "으로/로", "★(으)로"),
        ("", "은/는", "은(는)"),
    ],
)
def test_the_particle_fits_the_word(word: str, pair: str, expected: str) -> None:
    assert particle(word, pair) == expected


def test_a_sentence_is_settled_as_a_whole() -> None:
    text = "dense_1은(는) “표”와(과) 이어졌고, 학습률을(를) 0.3(으)로 바꾸었습니다."
    assert settle(text) == "dense_1은 “표”와 이어졌고, 학습률을 0.3으로 바꾸었습니다."


def test_the_order_in_which_a_translator_writes_both_forms_does_not_matter() -> None:
    assert settle("값를(을) 값가(이) 값는(은) 값와(과)") == "값을 값이 값은 값과"


def test_a_text_without_particles_is_left_alone() -> None:
    assert settle("sin(x) 은행 (가)나다") == "sin(x) 은행 (가)나다"
