"""La vida de un documento por la línea de comandos: cada acto, su estado, sus archivos, su marca y sus listas."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import docx
import pytest
from casa import PROCEDIMIENTO, Casa, texto_de

CARPETA = "documentos/FOM/PR-FOM-01"
DOCX = "PR-FOM-01_v{}.docx"
DATOS = "PR-FOM-01_v{}.datos.yaml"


def test_crear_deja_el_borrador_con_su_codigo_y_su_marca(casa: Casa) -> None:
    r = casa.hace("crear procedimiento --titulo 'Gestión de reclamos' --area ATC --elabora cr5")
    assert r["codigo"] == "PR-ATC-01"
    assert r["version"] == "01"
    assert r["archivo"] == "documentos/ATC/PR-ATC-01/borrador/PR-ATC-01_v01.docx"
    assert casa.archivos("documentos/ATC/PR-ATC-01") == {
        "ficha.json",
        "borrador/PR-ATC-01_v01.docx",
        "borrador/PR-ATC-01_v01.datos.yaml",
    }
    texto = texto_de(casa.ruta(r["archivo"]))
    assert "PR-ATC-01" in texto
    assert "Gestión de reclamos" in texto
    assert "BORRADOR" in casa.ruta(r["archivo"]).read_bytes().decode("latin-1") or "Borrador" in texto
    assert casa.estados("PR-ATC-01") == {"01": "borrador"}
    assert "PR-ATC-01" not in casa.lista("lista_maestra/ATC.csv")


def test_el_correlativo_sigue_al_mayor_y_cada_area_lleva_el_suyo(casa: Casa) -> None:
    codigos = [
        casa.hace(f"crear procedimiento --titulo Uno --area {area} --elabora cr1")["codigo"]
        for area in ("FOM", "FOM", "ATC")
    ]
    assert codigos == ["PR-FOM-02", "PR-FOM-03", "PR-ATC-01"]


def test_el_circuito_completo_de_una_segunda_version(casa: Casa) -> None:
    vigente = casa.ruta(f"{CARPETA}/{DOCX.format('01')}").read_bytes()
    casa.hace("nueva-version PR-FOM-01 --motivo 'Incorpora a la región de Ñuble'")
    assert casa.estados("PR-FOM-01") == {"01": "vigente", "02": "borrador"}
    assert casa.ruta(f"{CARPETA}/{DOCX.format('01')}").read_bytes() == vigente

    casa.editar("PR-FOM-01", "En Ñuble la postulación se recibe en papel.")
    cambios = casa.hace("entregar PR-FOM-01", de="cr1")["cambios"]
    assert [c["seccion"] for c in cambios] == ["1 Objetivo"]
    [cambio] = cambios[0]["cambios"]
    assert cambio["despues"].endswith("En Ñuble la postulación se recibe en papel.")

    pasos = (
        ("enviar", "cr1", "en_revision"),
        ("revisar", "egt", "en_aprobacion"),
        ("aprobar", "dn", "aprobado"),
    )
    for acto, de, estado in pasos:
        [r] = casa.hace(f"{acto} PR-FOM-01", de=de)
        assert (r["estado"], r["version"], r["origen"]) == (estado, "02", "por_la_persona")
        assert r["commit"] == casa.cabeza()
        assert casa.estados("PR-FOM-01") == {"01": "vigente", "02": estado}
    aprobado = casa.ruta(f"{CARPETA}/borrador/{DOCX.format('02')}").read_bytes()

    casa.hace("emitir PR-FOM-01")
    assert casa.archivos(CARPETA) == {"ficha.json", DOCX.format("02"), DATOS.format("02")}
    assert casa.estados("PR-FOM-01") == {"02": "vigente"}
    assert casa.etiquetas() == {"PR-FOM-01/v01", "PR-FOM-01/v02"}
    assert (
        "PR-FOM-01;Otorgamiento de subsidios;Procedimiento;Fomento;v02;10-03-2025;10-03-2025"
        in casa.lista("lista_maestra/FOM.csv")
    )
    emitido = casa.ruta(f"{CARPETA}/{DOCX.format('02')}")
    assert emitido.read_bytes() != aprobado
    texto = texto_de(emitido)
    assert "En Ñuble la postulación se recibe en papel." in texto
    assert "Incorpora a la región de Ñuble" in texto
    assert "En elaboración" not in texto
    historia = casa.hace("historial PR-FOM-01")
    assert [h["acto"] for h in historia][-6:] == [
        "nueva-version",
        "entregar",
        "enviar",
        "revisar",
        "aprobar",
        "emitir",
    ]
    assert len({h["huella"] for h in historia[-4:]}) == 1


def test_lo_aprobado_se_conserva_tal_como_se_recibio(casa: Casa) -> None:
    """Los bytes que la aprobación nombra siguen en la historia después de emitir."""
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "aprobar")
    aprobacion = casa.cabeza()
    borrador = casa.ruta(f"{CARPETA}/borrador/{DOCX.format('02')}").read_bytes()
    casa.hace("emitir PR-FOM-01")
    anotado = next(h for h in casa.hace("historial PR-FOM-01") if h["commit"] == aprobacion)
    assert anotado["sha256"] == hashlib.sha256(borrador).hexdigest()
    assert casa.git("ls-tree", "--name-only", aprobacion, f"{CARPETA}/borrador/").split()


def test_enviar_protege_el_archivo_y_devolver_lo_libera(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    archivo = casa.ruta(f"{CARPETA}/borrador/{DOCX.format('02')}")
    casa.hace("enviar PR-FOM-01", de="cr1")
    assert not archivo.stat().st_mode & 0o222
    [r] = casa.hace("devolver PR-FOM-01 --texto 'Falta el plazo' --seccion 4 --texto 'Y la fuente'", de="egt")
    assert r["estado"] == "borrador"
    assert archivo.stat().st_mode & 0o200
    observado = casa.hace("historial PR-FOM-01")[-1]["observaciones"]
    assert observado == [{"seccion": "4", "texto": "Falta el plazo"}, {"texto": "Y la fuente"}]


def test_la_iteracion_cuenta_los_envios(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    for vuelta in (1, 2, 3):
        casa.hace("enviar PR-FOM-01", de="cr1")
        [viva] = [f for f in casa.hace("estado PR-FOM-01") if f["version"] == "02"]
        assert viva["iteracion"] == vuelta
        casa.hace("retirar PR-FOM-01", de="cr1")


def test_retirar_desde_revision_y_desde_aprobacion(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    for ultimo in ("enviar", "revisar"):
        casa.hasta("PR-FOM-01", ultimo)
        assert casa.hace("retirar PR-FOM-01", de="cr1")[0]["estado"] == "borrador"


def test_el_reenvio_no_arrastra_las_firmas_anteriores(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "revisar")
    casa.hace("devolver PR-FOM-01 --texto 'Falta un anexo'", de="dn")
    casa.hace("enviar PR-FOM-01", de="cr1")
    casa.negada("aprobar PR-FOM-01", de="dn", dice="En revisión")


def test_reabrir_deja_la_aprobacion_sin_efecto_y_a_la_vista(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "aprobar")
    assert casa.hace("reabrir PR-FOM-01 --motivo 'Error en el anexo'")[0]["estado"] == "borrador"
    casa.negada("emitir PR-FOM-01", dice="Borrador")
    assert "aprobar" in [h["acto"] for h in casa.hace("historial PR-FOM-01")]
    casa.hasta("PR-FOM-01", "emitir")
    assert casa.estados("PR-FOM-01") == {"02": "vigente"}


def test_emitir_con_fecha_futura_espera_su_dia_y_rige_con_la_orden_siguiente(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "aprobar")
    [r] = casa.hace("emitir PR-FOM-01 --vigente-desde 2025-04-01")
    assert r["estado"] == "emitido"
    assert casa.archivos(CARPETA) == {
        "ficha.json",
        DOCX.format("01"),
        DATOS.format("01"),
        f"por_regir/{DOCX.format('02')}",
        f"por_regir/{DATOS.format('02')}",
    }
    assert "PR-FOM-01/v02" in casa.etiquetas()
    assert ";v01;" in casa.lista("lista_maestra/FOM.csv")
    assert "PR-FOM-01" in casa.lista("por_regir.csv")

    # Las consultas cambian con la fecha, sin que nadie escriba.
    assert casa.estados("PR-FOM-01", "2025-03-31") == {"01": "vigente", "02": "emitido"}
    assert casa.estados("PR-FOM-01", "2025-04-01") == {"02": "vigente"}

    casa.reloj.dia("2025-04-03")
    antes = casa.cabeza()
    assert casa.estados("PR-FOM-01") == {"02": "vigente"}
    assert casa.cabeza() == antes
    casa.hace("externo verificar EX-01")
    assert casa.archivos(CARPETA) == {"ficha.json", DOCX.format("02"), DATOS.format("02")}
    regir = casa.hace("historial PR-FOM-01")[-1]
    assert (regir["acto"], regir["fecha"], regir["cargo"]) == ("regir", "2025-04-01", "sistema")
    assert regir["registrado"].startswith("2025-04-03")
    assert ";v02;" in casa.lista("lista_maestra/FOM.csv")
    assert "PR-FOM-01" not in casa.lista("por_regir.csv")


def test_dos_emisiones_futuras_rigen_cada_una_en_su_fecha(casa: Casa) -> None:
    casa.nuevo("ATC")
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    for codigo, desde in (("PR-FOM-01", "2025-04-10"), ("PR-ATC-01", "2025-04-05")):
        casa.hasta(codigo, "aprobar")
        casa.hace(f"emitir {codigo} --vigente-desde {desde}")
    casa.reloj.dia("2025-04-20")
    casa.hace("externo verificar EX-01")
    fechas = {h["codigo"]: h["fecha"] for h in casa.hace("historial") if h["acto"] == "regir"}
    assert fechas == {"PR-FOM-01": "2025-04-10", "PR-ATC-01": "2025-04-05"}


def test_una_orden_negada_tambien_deja_regir_lo_que_ya_tenia_fecha(casa: Casa) -> None:
    """`regir` es un acto propio: que después se niegue otra cosa no lo deshace ni lo estorba."""
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "aprobar")
    casa.hace("emitir PR-FOM-01 --vigente-desde 2025-04-01")
    casa.reloj.dia("2025-04-01")
    assert casa.orden("aprobar PR-FOM-01", de="dn").codigo == 1
    assert casa.estados("PR-FOM-01") == {"02": "vigente"}


def test_mantener_renueva_la_fecha_de_revision_sin_crear_version(casa: Casa) -> None:
    casa.reloj.dia("2026-02-10")
    [r] = casa.hace("mantener PR-FOM-01 --motivo 'Revisión anual, sin cambios'", de="cr1")
    assert (r["version"], r["estado"]) == ("01", "vigente")
    [fila] = casa.hace("estado PR-FOM-01")
    assert fila["proxima_revision"] == "2028-02-10"
    assert "10-02-2028" in casa.lista("lista_maestra/FOM.csv")


def test_la_revision_vencida_se_nota(casa: Casa) -> None:
    casa.reloj.dia("2027-03-04")
    assert [f["vencida"] for f in casa.hace("estado PR-FOM-01")] == [True]
    assert "revisión vencida" in casa.dice("estado PR-FOM-01")
    assert [f["vencida"] for f in casa.hace("estado PR-FOM-01 --fecha 2027-03-03")] == [False]


def test_cambio_menor_por_su_circuito_abreviado(casa: Casa) -> None:
    """Aprueba la persona responsable del proceso, que no puede ser quien escribió."""
    casa.nuevo("ATC", elabora="cr5", mas="--responsable cr1")
    casa.hasta("PR-ATC-01", "emitir", elabora="cr5")
    r = casa.hace("nueva-version PR-ATC-01 --menor --motivo 'Corrige un teléfono'")
    assert (r["version"], r["archivo"]) == ("01.1", "documentos/ATC/PR-ATC-01/borrador/PR-ATC-01_v01.1.docx")
    casa.hace("enviar PR-ATC-01", de="cr5")
    assert casa.estados("PR-ATC-01") == {"01": "vigente", "01.1": "en_aprobacion"}
    casa.hace("aprobar PR-ATC-01", de="cr1")
    casa.hace("emitir PR-ATC-01")
    assert casa.estados("PR-ATC-01") == {"01.1": "vigente"}
    assert "PR-ATC-01/v01.1" in casa.etiquetas()
    assert casa.hace("nueva-version PR-ATC-01 --motivo Mayor")["version"] == "02"


def test_dejar_sin_efecto_saca_el_archivo_y_el_codigo_no_vuelve(casa: Casa) -> None:
    [r] = casa.hace("dejar-sin-efecto PR-FOM-01 --motivo 'Trámite eliminado'", de="dn")
    assert r["estado"] == "obsoleto"
    assert casa.archivos(CARPETA) == {"ficha.json"}
    assert "PR-FOM-01" not in casa.lista("lista_maestra/FOM.csv")
    assert casa.estados("PR-FOM-01") == {}
    casa.negada(
        "crear procedimiento --titulo Nuevo --area FOM --elabora cr1 --codigo PR-FOM-01", dice="ya está usado"
    )
    casa.negada("nueva-version PR-FOM-01 --motivo x", dice="PR-FOM-01")
    copia = casa.hace("copia PR-FOM-01 --version 01 -o", str(casa.raiz.parent / "c.docx"))
    assert copia["estado"] == "obsoleto"


@pytest.mark.parametrize(
    ("ultimo", "siguiente"), [("", "02"), ("enviar", "02"), ("revisar", "02"), ("aprobar", "03")]
)
def test_descartar_quema_el_numero_solo_desde_aprobado(casa: Casa, ultimo: str, siguiente: str) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    if ultimo:
        casa.hasta("PR-FOM-01", ultimo)
    [r] = casa.hace("descartar PR-FOM-01 --motivo 'No seguirá'", de="cr1")
    assert r["estado"] == "descartado"
    assert casa.archivos(CARPETA) == {"ficha.json", DOCX.format("01"), DATOS.format("01")}
    assert casa.hace("nueva-version PR-FOM-01 --motivo Otra")["version"] == siguiente


def test_descartar_la_primera_version_no_libera_el_codigo(casa: Casa) -> None:
    casa.hace("crear procedimiento --titulo Uno --area ATC --elabora cr1")
    casa.hace("descartar PR-ATC-01 --motivo x", de="cr1")
    assert casa.hace("crear procedimiento --titulo Dos --area ATC --elabora cr1")["codigo"] == "PR-ATC-02"
    casa.negada(
        "crear procedimiento --titulo Dos --area ATC --elabora cr1 --codigo PR-ATC-01", dice="ya está usado"
    )


def test_generar_cambia_el_texto_con_los_datos_nuevos(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    datos = casa.adjunto(
        "datos.yaml", "objetivo: [Ordenar la entrega de subsidios en todo el país.]\n".encode()
    )
    casa.hace("generar PR-FOM-01 --datos", datos, de="cr1")
    borrador = casa.ruta(f"{CARPETA}/borrador/{DOCX.format('02')}")
    assert "Ordenar la entrega de subsidios en todo el país." in texto_de(borrador)
    casa.ruta(f"{CARPETA}/borrador/{DATOS.format('02')}").write_text(
        "objetivo: [Otra cosa escrita junto al borrador.]\n", "utf-8"
    )
    casa.hace("generar PR-FOM-01", de="cr1")
    assert "Otra cosa escrita junto al borrador." in texto_de(borrador)


def test_entregar_sin_cambios_no_es_un_acto(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    antes = casa.cabeza()
    assert casa.hace("entregar PR-FOM-01", de="cr1")["cambios"] == []
    assert casa.cabeza() == antes


def guardar_sin_cambios(archivo: Path) -> None:
    """Abrir y guardar en Word: otros bytes, el mismo contenido."""
    docx.Document(str(archivo)).save(str(archivo))


def test_guardar_sin_cambios_no_estorba_ningun_acto(casa: Casa) -> None:
    """Otros bytes con la misma huella no son edición: solo se avisa que nada cambió, y no quedan restos."""
    avisa = {
        "enviar": ["Aviso: PR-FOM-01 versión 02 dice lo mismo que la vigente: no cambia ninguna sección."]
    }
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    borrador = casa.ruta(f"{CARPETA}/borrador/{DOCX.format('02')}")
    guardar_sin_cambios(borrador)
    for acto, de in (("enviar", "cr1"), ("revisar", "egt"), ("aprobar", "dn"), ("emitir", "cdoc")):
        salida = casa.orden(f"{acto} PR-FOM-01", de=de)
        assert salida.codigo == 0, salida
        assert salida.avisos.splitlines() == avisa.get(acto, [])
    assert casa.archivos(CARPETA) == {"ficha.json", DOCX.format("02"), DATOS.format("02")}


def test_lo_guardado_sin_cambios_se_puede_descartar(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    guardar_sin_cambios(casa.ruta(f"{CARPETA}/borrador/{DOCX.format('02')}"))
    salida = casa.orden("descartar PR-FOM-01 --motivo x", de="cr1")
    assert "Aviso" not in salida.avisos, salida.avisos
    assert casa.archivos(CARPETA) == {"ficha.json", DOCX.format("01"), DATOS.format("01")}


def test_enviar_repara_las_zonas_controladas(casa: Casa) -> None:
    """Quien borra el código del encabezado lo recupera al enviar, y se le dijo al entregar."""
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    archivo = casa.editar("PR-FOM-01", "Una frase nueva para la prueba.")
    documento = docx.Document(str(archivo))
    for nodo in documento.element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    ):
        if nodo.text == "PR-FOM-01":
            nodo.text = "PR-FALSO-99"
    documento.save(str(archivo))
    avisos = casa.hace("entregar PR-FOM-01", de="cr1")["avisos"]
    assert avisos
    assert all("Dano(" not in a and a.startswith("La ") for a in avisos), avisos
    casa.hace("enviar PR-FOM-01", de="cr1")
    texto = texto_de(archivo)
    assert "PR-FALSO-99" not in texto
    assert "Una frase nueva para la prueba." in texto


def test_los_datos_viajan_con_la_version(casa: Casa) -> None:
    """Las consultas leen los datos de la vigente, no los del borrador."""
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    registro = {
        "codigo": "RG-GT-06",
        "nombre": "Informe de terreno",
        "responsable": "dr",
        "soporte": "papel",
        "almacenamiento": "Oficina",
        "proteccion": "con llave",
        "recuperacion": "fecha",
        "retencion": 5,
        "disposicion": "eliminación",
    }
    datos = PROCEDIMIENTO + f"registros: [{json.dumps(registro)}]\n"
    casa.hace("generar PR-FOM-01 --datos", casa.adjunto("d.yaml", datos.encode()), de="cr1")

    def pedidos() -> list[tuple[str, str]]:
        """Lo que los procedimientos vigentes piden; aparte se dice lo archivado que nadie pide."""
        filas = casa.hace("registros --periodo 2025")
        return [(f["codigo"], f["procedimiento"]) for f in filas if f["procedimiento"]]

    assert pedidos() == []
    casa.hasta("PR-FOM-01", "emitir")
    assert pedidos() == [("RG-GT-06", "PR-FOM-01")]


def test_los_movimientos_se_ven_en_la_pantalla_con_sus_palabras(casa: Casa) -> None:
    texto = casa.dice("historial PR-FOM-01")
    for palabra in ("crear documento", "dar conformidad de revisión", "poner en vigencia", "por la persona"):
        assert palabra in texto
    assert "Ahora es posible" in casa.dice("estado PR-FOM-01")
