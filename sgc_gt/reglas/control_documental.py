TITULO = "Procedimiento de Elaboración y Control de Documentos"
def datos_del_procedimiento(servicio):
    return {}
def huella_de_reglas(servicio):
    return ""
